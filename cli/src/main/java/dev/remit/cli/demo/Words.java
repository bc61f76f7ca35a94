package dev.remit.cli.demo;

/** Names of the example workspace and the lab estate that the acts use. */
final class Words {

  static final String OBSERVER = "service-desk.harbor-dental.production.observe";
  static final String CHANGER = "service-desk.harbor-dental.production.change";

  /** The one agent of the example whose tokens need no key. */
  static final String CLERK = "asset-clerk.harbor-dental.production.observe";

  static final String OBSERVER_ID = "service-desk/harbor-dental/production/observe";
  static final String CHANGER_ID = "service-desk/harbor-dental/production/change";

  static final String READ_HEALTH = "read-device-health";
  static final String RESTART = "restart-service";
  static final String SCAN = "scan-patches";
  static final String QUERY_ASSETS = "query-assets";

  static final String HEALTH_TOOL = "rmm_get_device";
  static final String SERVICES_TOOL = "rmm_list_services";
  static final String RESTART_TOOL = "rmm_restart_service";
  static final String SCAN_TOOL = "rmm_scan_patches";
  static final String ASSETS_TOOL = "assets_list_warranties";

  /** The operation at the vendor that a restart is. */
  static final String SERVICE_CONTROL = "service-control";

  static final String SURVEY_TOOL = "rmm_list_health";
  static final String QUIET = "quiet-monitoring";
  static final String MAINTENANCE_TOOL = "monitoring_schedule_maintenance";
  static final String MUTE_TOOL = "monitoring_mute_device";

  static final String COLLECTION = "harbor_dental";
  static final String COLLECTION_TARGET = "assets/collection/harbor_dental";

  static final String UPDATE_ARTICLE = "update-article";
  static final String ARTICLE_TOOL = "psa_update_article";

  static final String SPOOLER = "Spooler";

  static final int HARBOR = 1;
  static final int NORTHWIND = 2;

  static final int WORKSTATION = 1001;
  static final int MOVING_WORKSTATION = 1004;
  static final int TAKEN_WORKSTATION = 1008;
  static final int HANDED_ON_WORKSTATION = 1005;
  static final int HANGING_WORKSTATION = 1006;
  static final int SCANNED_WORKSTATION = 1007;
  static final int DOMAIN_CONTROLLER = 1010;
  static final int HYPERVISOR = 1011;
  static final int FOREIGN_WORKSTATION = 2001;
  static final int ARTICLE = 8101;
  static final int UNKNOWN_DEVICE = 987_654;

  private Words() {}

  /** A device of the RMM as tasks name it. */
  static String target(int device) {
    return "rmm/device/" + device;
  }
}
