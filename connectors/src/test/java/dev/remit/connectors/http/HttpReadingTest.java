package dev.remit.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.connectors.http.ScriptedVendor.Json;
import dev.remit.core.execution.Connector.VendorException;
import dev.remit.core.target.Reading;
import dev.remit.core.target.TargetRef;
import dev.remit.core.value.Value;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpReadingTest {
  private static final String TICKET =
      "{\"id\":1,\"clientId\":1,\"requesterUid\":%s,\"source\":%s,\"status\":%s,\"subject\":\"s\"}";
  private final HttpFixture it = new HttpFixture();

  @AfterEach
  void close() {
    it.close();
  }

  private static String device(int id, int owner, String role) {
    return "{\"id\":%d,\"organizationId\":%d,\"role\":\"%s\"}".formatted(id, owner, role);
  }

  private Optional<Reading> read(String id) {
    return it.connector.read(new TargetRef(HttpFixture.RMM, "device", id), it.credential());
  }

  @Test
  void aListIsReadPageByPage() {
    it.vendor.on(
        "GET /v2/devices?pageSize=2", "[" + device(1, 1, "a") + "," + device(2, 1, "a") + "]");
    it.vendor.on("GET /v2/devices?after=2&pageSize=2", "[" + device(3, 2, "b") + "]");
    assertThat(it.connector.inventory("device", it.credential()))
        .extracting(reading -> reading.ref().id() + "@" + reading.owner())
        .containsExactly("1@1", "2@1", "3@2");
  }

  @Test
  void aListThatDoesNotGoOnIsRefused() {
    var page = "[" + device(1, 1, "a") + "," + device(2, 1, "a") + "]";
    it.vendor.on("GET /v2/devices?pageSize=2", page);
    it.vendor.on("GET /v2/devices?after=2&pageSize=2", page);
    var credential = it.credential();
    assertThatThrownBy(() -> it.connector.inventory("device", credential))
        .isInstanceOf(VendorException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[{\"organizationId\":1}]", "nonsense", "null"})
  void aListThatCannotBeUnderstoodIsNoInventory(String body) {
    it.vendor.on("GET /v2/devices?pageSize=2", body);
    var credential = it.credential();
    assertThatThrownBy(() -> it.connector.inventory("device", credential))
        .isInstanceOf(VendorException.class);
  }

  @Test
  void aRecordHasItsOwnerAttributesAndVersion() {
    it.vendor.on("GET /v2/device/7", device(7, 1, "server"));
    var reading = read("7").orElseThrow();
    assertThat(reading.owner()).isEqualTo("1");
    assertThat(reading.attributes()).isEqualTo(Value.object("role", "server"));
    assertThat(reading.binding()).containsExactly("role");
  }

  @Test
  void theVersionChangesWithOwnerAndNamedFieldsAndNotWithAHeartbeat() {
    it.vendor.on("GET /v2/device/7", device(7, 1, "server"));
    var version = read("7").orElseThrow().version();
    it.vendor.on("GET /v2/device/7", device(7, 1, "server").replace("}", ",\"seen\":2}"));
    assertThat(read("7").orElseThrow().version()).isEqualTo(version);
    it.vendor.on("GET /v2/device/7", device(7, 2, "server"));
    assertThat(read("7").orElseThrow().version()).isNotEqualTo(version);
    it.vendor.on("GET /v2/device/7", device(7, 1, "hypervisor"));
    assertThat(read("7").orElseThrow().version()).isNotEqualTo(version);
  }

  @Test
  void hostileCase01ARecordWithoutOwnerBelongsToNobody() {
    it.vendor.on("GET /v2/device/7", "{\"id\":7,\"role\":\"x\"}");
    assertThat(read("7").orElseThrow().owner()).isEmpty();
  }

  @Test
  void hostileCase28ANameWhereAnIdentifierIsMeantFindsNothing() {
    it.vendor.on("GET /v2/device/SRV-7", device(7, 1, "server"));
    assertThat(read("SRV-7")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "", "../ticket/1", "."})
  void hostileCase28AnIdentifierThatClimbsFindsNothing(String id) {
    assertThat(read(id)).isEmpty();
    assertThat(it.vendor.seen).allMatch(seen -> seen.path().startsWith("/oauth/"));
  }

  @Test
  void aMissingRecordIsEmptyAndAVendorInTroubleIsNot() {
    assertThat(read("9")).isEmpty();
    it.vendor.on("GET /v2/device/9", new Json(500, "{}"));
    assertThatThrownBy(() -> read("9")).isInstanceOf(VendorException.class);
    it.vendor.on("GET /v2/device/9", new Json(403, "{}"));
    assertThatThrownBy(() -> read("9")).isInstanceOf(VendorException.class);
  }

  /** Of the ticket's company, of another, of none; and two under one identifier. */
  private static final String PEOPLE =
      """
      [{"uid": "u1", "clientId": 1}, {"uid": "u2", "clientId": 2}, {"uid": "u3", "clientId": null},
       {"uid": "twice", "clientId": 1}, {"uid": "twice", "clientId": 2}]
      """;

  private dev.remit.core.execution.Connector.Ticket ticket(
      String requester, String source, String status) {
    it.vendor.on("GET /v2/people", PEOPLE);
    it.vendor.on("GET /v2/ticket/1", TICKET.formatted(requester, source, status));
    return it.connector.ticket("1", it.credential()).orElseThrow();
  }

  @Test
  void aTicketOfAPersonIsAGround() {
    var ticket = ticket("\"u1\"", "\"EMAIL\"", "\"OPEN\"");
    assertThat(ticket.isOpenedByPerson()).isTrue();
    assertThat(ticket.isOpen()).isTrue();
    assertThat(ticket.owner()).isEqualTo("1");
  }

  @Test
  void hostileCase32APersonOfAnotherCompanyMakesNoGround() {
    assertThat(ticket("\"u2\"", "\"EMAIL\"", "\"OPEN\"").isOpenedByPerson()).isFalse();
    assertThat(ticket("\"u3\"", "\"EMAIL\"", "\"OPEN\"").isOpenedByPerson()).isFalse();
    assertThat(ticket("\"nobody\"", "\"EMAIL\"", "\"OPEN\"").isOpenedByPerson()).isFalse();
    assertThat(ticket("\"twice\"", "\"EMAIL\"", "\"OPEN\"").isOpenedByPerson()).isFalse();
  }

  @Test
  void hostileCase32WhatATicketDoesNotSayCountsAgainstIt() {
    assertThat(ticket("null", "\"EMAIL\"", "\"OPEN\"").isOpenedByPerson()).isFalse();
    assertThat(ticket("\"u1\"", "\"CONDITION\"", "\"OPEN\"").isOpenedByPerson()).isFalse();
    assertThat(ticket("\"u1\"", "null", "\"OPEN\"").isOpenedByPerson()).isFalse();
    assertThat(ticket("\"u1\"", "\"EMAIL\"", "\"CLOSED\"").isOpen()).isFalse();
    assertThat(ticket("\"u1\"", "\"EMAIL\"", "null").isOpen()).isFalse();
  }

  @Test
  void anotherTicketsRecordIsNotThisTicket() {
    it.vendor.on("GET /v2/ticket/2", TICKET.formatted("\"u1\"", "\"EMAIL\"", "\"OPEN\""));
    assertThat(it.connector.ticket("2", it.credential())).isEmpty();
    assertThat(it.connector.ticket("../device/7", it.credential())).isEmpty();
  }
}
