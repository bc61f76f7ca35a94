package dev.remit.lab.estate;

import java.util.Arrays;
import java.util.Optional;

/** What a device is for; NinjaOne's node role. */
public enum NodeRole {
  WORKSTATION(51, "workstation", "WINDOWS_WORKSTATION"),
  SERVER(52, "server", "WINDOWS_SERVER"),
  DOMAIN_CONTROLLER(53, "domain-controller", "WINDOWS_SERVER"),
  HYPERVISOR(54, "hypervisor", "HYPERV_VMM_HOST"),
  DATABASE(55, "database", "WINDOWS_SERVER");

  private final int id;
  private final String label;
  private final String nodeClass;

  NodeRole(int id, String label, String nodeClass) {
    this.id = id;
    this.label = label;
    this.nodeClass = nodeClass;
  }

  public int id() {
    return id;
  }

  public String label() {
    return label;
  }

  public String nodeClass() {
    return nodeClass;
  }

  public static Optional<NodeRole> byId(int id) {
    return Arrays.stream(values()).filter(role -> role.id == id).findFirst();
  }

  public static Optional<NodeRole> byLabel(String label) {
    return Arrays.stream(values()).filter(role -> role.label.equals(label)).findFirst();
  }
}
