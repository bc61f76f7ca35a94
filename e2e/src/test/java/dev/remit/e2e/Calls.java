package dev.remit.e2e;

import dev.remit.core.value.Value;

/** The calls that these tests make again and again. */
final class Calls {

  static final String RESTART = "rmm_restart_service";
  static final String WARRANTIES = "assets_list_warranties";
  static final String SCAN = "rmm_scan_patches";
  static final String HARBOR_ASSETS = "assets/collection/harbor_dental";

  private Calls() {}

  static String device(int id) {
    return "rmm/device/" + id;
  }

  static Value.Obj restart(String task, int device) {
    return Value.object("device", "" + device, "service", "Spooler", "remit_task", task);
  }

  static Value.Obj scan(String task, int device) {
    return Value.object("device", "" + device, "remit_task", task);
  }

  static Value.Obj warranties(String task) {
    return Value.object("collection", "harbor_dental", "before", "2027-06-01", "remit_task", task);
  }
}
