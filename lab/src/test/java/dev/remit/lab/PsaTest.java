package dev.remit.lab;

import static dev.remit.lab.TestLab.object;
import static dev.remit.lab.TestLab.objects;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.remit.lab.http.Json;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PsaTest {
  private static final String NOTE = "{\"text\":\"Looked at it.\"}";
  private TestLab lab;
  private Api psa;

  @BeforeEach
  void reset() {
    lab = TestLab.shared();
    psa = lab.api("psa", "read tickets send articles");
  }

  private String email(int contact) {
    return psa.object("/v1/contacts/" + contact).get("email") + "";
  }

  private List<Map<String, Object>> state(String part) {
    return objects(lab.state().getOrDefault(part, List.of()));
  }

  @Test
  void aTicketSaysWhoseItsRequesterAndItsDeviceAre() {
    Map<String, Object> ticket = psa.object("/v1/tickets/5001");
    assertThat(ticket)
        .containsEntry("company", 1)
        .containsEntry("queue", "service-desk")
        .containsEntry("priority", "P3")
        .containsEntry("open", true)
        .containsEntry("security", false)
        .containsEntry("deviceCompany", "1");
    assertThat(Json.member(ticket, "requester"))
        .containsEntry("company", "1")
        .containsEntry("email", email(102));
  }

  @ParameterizedTest
  @CsvSource({
    "5001, P3, service-desk, false, false, true",
    "5009, P4, service-desk, false, true, false",
    "5011, P1, service-desk, false, false, true",
    "5012, P2, security, true, false, true",
    "5013, P3, service-desk, false, true, true",
    "5104, P2, security, true, false, true"
  })
  void seededTicketsAreWhatTheyShouldBe(
      int id, String priority, String queue, boolean security, boolean confirmed, boolean open) {
    assertThat(psa.object("/v1/tickets/" + id))
        .containsEntry("priority", priority)
        .containsEntry("queue", queue)
        .containsEntry("security", security)
        .containsEntry("confirmed", confirmed)
        .containsEntry("open", open);
  }

  @Test
  void whatATicketDoesNotHaveIsSaid() {
    Map<String, Object> ticket = psa.object("/v1/tickets/5005");
    assertThat(Json.member(ticket, "requester"))
        .containsEntry("company", "none")
        .containsEntry("kind", "none");
    assertThat(psa.object("/v1/tickets/5004"))
        .containsEntry("device", "none")
        .containsEntry("deviceCompany", "none");
  }

  @Test
  void ticketsThatCrossCompaniesShowIt() {
    assertThat(Json.member(psa.object("/v1/tickets/5007"), "requester"))
        .containsEntry("company", "2");
    assertThat(psa.object("/v1/tickets/5008"))
        .containsEntry("company", 1)
        .containsEntry("deviceCompany", "2");
  }

  @Test
  void ticketsAreThoseOfTheRmm() {
    int all = psa.total("/v1/tickets");
    String rmm = lab.token("monitoring");
    HttpResponse<String> board = lab.post(rmm, "/v2/ticketing/trigger/board/1/run", "{}");
    assertThat(objects(object(board).getOrDefault("data", List.of()))).hasSize(all);
    psa.post("/v1/tickets/5001/close", "{\"resolution\":\"Restarted.\"}");
    Map<String, Object> same = object(lab.get(rmm, "/v2/ticketing/ticket/5001"));
    assertThat(Json.member(same, "status")).containsEntry("name", "CLOSED");
  }

  @Test
  void listsAreFilteredAndPaged() {
    assertThat(psa.total("/v1/tickets?id=5001&queue=service-desk")).isEqualTo(1);
    assertThat(psa.total("/v1/tickets?id=5001&queue=security")).isZero();
    assertThat(psa.items("/v1/tickets?queue=security"))
        .extracting(ticket -> ticket.get("id"))
        .containsExactly(5012, 5104);
    assertThat(psa.items("/v1/tickets?company=2&pageSize=2&after=5101"))
        .extracting(ticket -> ticket.get("id"))
        .containsExactly(5102, 5103);
    assertThat(psa.total("/v1/contacts?company=1")).isEqualTo(5);
    assertThat(psa.total("/v1/contacts?email=" + TestLab.encode(email(201)))).isEqualTo(1);
  }

  @Test
  void aNoteStaysInside() {
    HttpResponse<String> answer = psa.post("/v1/tickets/5001/notes", NOTE);
    assertThat(answer.statusCode()).isEqualTo(201);
    String entry = "/v1/tickets/5001/entries/" + object(answer).get("id");
    assertThat(psa.object(entry))
        .containsEntry("kind", "note")
        .containsEntry("state", "stored")
        .containsEntry("author", "remit-broker");
    assertThat(psa.get(entry.replace("5001", "5002")).statusCode()).isEqualTo(404);
    assertThat(psa.total("/v1/tickets/5001/entries?kind=note")).isEqualTo(1);
    assertThat(state("outbox")).isEmpty();
  }

  @Test
  void aReplyIsSentToWhomItNamesEvenToAnotherCompany() {
    for (int contact : List.of(102, 201)) {
      String body = "{\"text\":\"Done.\",\"recipient\":\"" + email(contact) + "\"}";
      assertThat(psa.post("/v1/tickets/5001/replies", body).statusCode()).isEqualTo(201);
    }
    assertThat(state("outbox"))
        .extracting(mail -> mail.get("recipient"))
        .containsExactly(email(102), email(201));
    assertThat(psa.items("/v1/tickets/5001/entries?kind=reply"))
        .allMatch(entry -> "sent".equals(entry.get("state")));
  }

  @Test
  void aTicketIsReroutedRankedAndClosedAndCountsItsVersions() {
    int version = (Integer) psa.object("/v1/tickets/5012").getOrDefault("version", 0);
    psa.post("/v1/tickets/5012/route", "{\"queue\":\"field\"}");
    psa.post("/v1/tickets/5012/priority", "{\"priority\":\"P4\"}");
    HttpResponse<String> closed =
        psa.post("/v1/tickets/5012/close", "{\"resolution\":\"Password changed.\"}");
    assertThat(object(closed))
        .containsEntry("queue", "field")
        .containsEntry("priority", "P4")
        .containsEntry("status", "CLOSED")
        .containsEntry("open", false)
        .containsEntry("resolution", "Password changed.")
        .containsEntry("version", version + 3);
    assertThat(psa.post("/v1/tickets/5012/notes", NOTE).statusCode()).isEqualTo(409);
    assertThat(psa.post("/v1/tickets/5012/close", "{\"resolution\":\"x\"}").statusCode())
        .isEqualTo(409);
  }

  @Test
  void aTicketThatIsOpenedHereHasNoPerson() {
    HttpResponse<String> answer =
        psa.post(
            "/v1/tickets",
            "{\"company\":\"1\",\"queue\":\"field\",\"subject\":\"Cable\",\"description\":\"d\"}");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(object(answer))
        .containsEntry("source", "ACTIVITY")
        .containsEntry("priority", "P4")
        .containsEntry("queue", "field");
    Map<String, Object> ticket = psa.object("/v1/tickets/" + object(answer).get("id"));
    assertThat(Json.member(ticket, "requester")).containsEntry("id", "none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST|/v1/tickets/5001/notes|{}|400",
        "POST|/v1/tickets/5001/notes|{\"text\":\" \"}|400",
        "POST|/v1/tickets/5001/notes|{\"text\":\"a\",\"text\":\"b\"}|400",
        "POST|/v1/tickets/5001/notes|{\"text\":\"a\",\"public\":true}|400",
        "POST|/v1/tickets/5001/notes|[\"text\"]|400",
        "POST|/v1/tickets/9999/notes|{\"text\":\"a\"}|404",
        "POST|/v1/tickets/x/notes|{\"text\":\"a\"}|400",
        "POST|/v1/tickets/..%2F5001/notes|{\"text\":\"a\"}|404",
        "POST|/v1/tickets/99999999999/notes|{\"text\":\"a\"}|400",
        "POST|/v1/tickets/5001/replies|{\"text\":\"a\",\"recipient\":\"x@evil.example\"}|400",
        "POST|/v1/tickets/5001/replies|{\"text\":\"a\"}|400",
        "POST|/v1/tickets/5001/route|{\"queue\":\"nowhere\"}|400",
        "POST|/v1/tickets/5001/priority|{\"priority\":\"P0\"}|400",
        "POST|/v1/tickets/5001/priority|{\"priority\":1}|400",
        "POST|/v1/tickets/5001/close|{}|400",
        "POST|/v1/tickets|{\"company\":\"9\",\"queue\":\"field\",\"subject\":\"s\",\"description\":\"d\"}|404",
        "POST|/v1/tickets|{\"company\":1,\"queue\":\"field\",\"subject\":\"s\",\"description\":\"d\"}|400",
        "GET|/v1/tickets?color=red||400",
        "GET|/v1/tickets?id=5001&id=5002||400",
        "GET|/v1/tickets/5001/entries/1||404",
        "GET|/v1/companies/9||404",
        "GET|/v1/contacts/1||404",
        "GET|/v1/articles/8101/revisions/9||404",
        "GET|/v1/nothing||404"
      })
  void whatIsWrongIsRefused(String method, String path, String body, int status) {
    int before = state("psaActivities").size();
    assertThat(psa.send(method, path, body == null ? "" : body).statusCode()).isEqualTo(status);
    assertThat(state("psaActivities")).hasSize(before);
  }

  @ParameterizedTest
  @CsvSource({
    "read, GET, /v1/tickets/5001, 200",
    "tickets, GET, /v1/tickets/5001, 403",
    "read, POST, /v1/tickets/5001/notes, 403",
    "tickets, POST, /v1/tickets/5001/replies, 403",
    "read tickets send, PUT, /v1/articles/8101, 403",
    "articles, POST, /v1/tickets/5001/close, 403"
  })
  void everyScopeOpensItsOwnPart(String scopes, String method, String path, int status) {
    assertThat(lab.api("psa", scopes).send(method, path, "").statusCode()).isEqualTo(status);
  }

  @Test
  void aTokenOfAnotherVendorIsWorthNothing() {
    for (String vendor : List.of("rmm", "monitoring")) {
      String scope = vendor.equals("rmm") ? "monitoring management control" : "read mute";
      Api stranger = new Api(lab, psa.base(), lab.api(vendor, scope).token());
      assertThat(stranger.get("/v1/tickets/5001").statusCode()).isEqualTo(401);
      assertThat(stranger.post("/v1/tickets/5001/notes", NOTE).statusCode()).isEqualTo(401);
    }
    assertThat(lab.get(psa.token(), "/v2/devices").statusCode()).isEqualTo(401);
    assertThat(lab.text("psa", "clientSecret")).isNotEqualTo(lab.text("rmm", "clientSecret"));
  }

  @Test
  void aRevokedTokenIsOverAtOnce() {
    String url = lab.text("psa", "revokeUrl");
    String secret = lab.text("psa", "clientSecret");
    lab.form(url, "remit-broker", secret, "token=" + psa.token());
    assertThat(psa.get("/v1/tickets/5001").statusCode()).isEqualTo(401);
    HttpResponse<String> look =
        lab.form(lab.text("psa", "introspectUrl"), "remit-broker", secret, "token=" + psa.token());
    assertThat(object(look)).containsEntry("active", false);
  }

  @Test
  void anArticleIsUpdatedFromTheVersionThatWasRead() {
    HttpResponse<String> read = psa.get("/v1/articles/8101");
    assertThat(read.headers().firstValue("ETag")).contains("\"2\"");
    String body = "{\"body\":\"New words.\",\"baseVersion\":2}";
    HttpResponse<String> answer = psa.send("PUT", "/v1/articles/8101", body);
    assertThat(object(answer)).containsEntry("version", 3).containsEntry("state", "published");
    assertThat(psa.object("/v1/articles/8101"))
        .containsEntry("body", "New words.")
        .containsEntry("author", "remit-broker")
        .containsEntry("title", "Printing at reception")
        .containsEntry("revisions", 3);
    assertThat(psa.object("/v1/articles/8101/revisions/2").get("body") + "").contains("Spooler");
    assertThat(psa.send("PUT", "/v1/articles/8101", body).statusCode()).isEqualTo(412);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"2\"|{\"body\":\"x\"}|200",
        "\"1\"|{\"body\":\"x\"}|412",
        "\"3\"|{\"body\":\"x\"}|412",
        "*|{\"body\":\"x\"}|400",
        "\"1\", \"2\"|{\"body\":\"x\"}|400",
        "W/\"2\"|{\"body\":\"x\"}|400",
        "\"1\"|{\"body\":\"x\",\"baseVersion\":2}|400",
        "\"2\"|{\"body\":\"x\",\"baseVersion\":\"2\"}|400",
        "\"2\"|{\"body\":\"\"}|400",
        "\"2\"|{\"body\":\"x\",\"company\":2}|400"
      })
  void anIfMatchMustNameTheCurrentVersion(String tag, String body, int status) {
    assertThat(psa.send("PUT", "/v1/articles/8101", body, "If-Match", tag).statusCode())
        .isEqualTo(status);
  }

  @Test
  void anUpdateWithoutAVersionIsRefused() {
    assertThat(psa.send("PUT", "/v1/articles/8101", "{\"body\":\"x\"}").statusCode())
        .isEqualTo(428);
  }

  @Test
  void anotherPersonsEditComesBetween() {
    lab.control("POST", "/v1/articles/8101", "{\"body\":\"Edited by a person.\"}");
    String body = "{\"body\":\"x\",\"baseVersion\":2}";
    assertThat(psa.send("PUT", "/v1/articles/8101", body).statusCode()).isEqualTo(412);
    assertThat(psa.object("/v1/articles/8101")).containsEntry("body", "Edited by a person.");
  }

  @Test
  void listsOfArticlesCarryWhatTheySayOnlyWhenAsked() {
    assertThat(psa.items("/v1/articles?company=1&bodies=true"))
        .allMatch(article -> article.containsKey("body"));
    assertThat(psa.items("/v1/articles?company=1"))
        .hasSize(3)
        .noneMatch(article -> article.containsKey("body"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"psa-note", "psa-reply", "psa-close", "psa-article-update"})
  void aFaultAfterTheEffectLeavesTheEffect(String operation) {
    String fault = "{\"operation\":\"" + operation + "\",\"mode\":\"reset\",\"when\":\"%s\"}";
    lab.control("POST", "/v1/faults", fault.formatted("before"));
    assertThatThrownBy(() -> act(operation)).isInstanceOf(UncheckedIOException.class);
    assertThat(state("psaActivities")).isEmpty();
    lab.control("POST", "/v1/faults", fault.formatted("after"));
    assertThatThrownBy(() -> act(operation)).isInstanceOf(UncheckedIOException.class);
    assertThat(state("psaActivities")).hasSize(1);
  }

  private void act(String operation) {
    switch (operation) {
      case "psa-note" -> psa.post("/v1/tickets/5001/notes", NOTE);
      case "psa-reply" ->
          psa.post(
              "/v1/tickets/5001/replies", "{\"text\":\"a\",\"recipient\":\"" + email(102) + "\"}");
      case "psa-close" -> psa.post("/v1/tickets/5001/close", "{\"resolution\":\"r\"}");
      // A PUT is repeated by the client when the connection closes, so it goes from a new one.
      default -> update();
    }
  }

  private void update() {
    HttpResponse<String> answer =
        psa.send("PUT", "/v1/articles/8101", "{\"body\":\"x\",\"baseVersion\":2}");
    if (answer.statusCode() != 200) {
      throw new UncheckedIOException(new java.io.IOException("repeated: " + answer.statusCode()));
    }
  }

  @Test
  void aFaultOfOneVendorMeetsNoOther() {
    lab.control("POST", "/v1/faults", "{\"operation\":\"psa-ticket\",\"mode\":\"error500\"}");
    lab.control("POST", "/v1/faults", "{\"operation\":\"*\",\"mode\":\"error500\"}");
    assertThat(psa.get("/v1/tickets/5001").statusCode()).isEqualTo(500);
    assertThat(psa.get("/v1/tickets/5001").statusCode()).isEqualTo(200);
    String rmm = lab.token("monitoring"); // meets the fault on every operation of the RMM
    assertThat(rmm).isEqualTo("null");
  }

  @Test
  void aTicketMovesToAnotherCompanyBehindOnesBack() {
    lab.control("POST", "/v1/tickets/5001", "{\"organizationId\":2,\"security\":true}");
    assertThat(psa.object("/v1/tickets/5001"))
        .containsEntry("company", 2)
        .containsEntry("security", true);
  }

  @Test
  void aResetBringsEverythingBack() {
    psa.post("/v1/tickets/5001/notes", NOTE);
    psa.post("/v1/tickets/5012/route", "{\"queue\":\"field\"}");
    psa.send("PUT", "/v1/articles/8101", "{\"body\":\"x\",\"baseVersion\":2}");
    Map<String, Object> fresh = TestLab.shared().state();
    assertThat(psa.get("/v1/tickets/5001").statusCode()).isEqualTo(401);
    assertThat(objects(fresh.getOrDefault("psaActivities", "")).size()).isZero();
    assertThat(objects(fresh.getOrDefault("psaTickets", "")).toString()).contains("queue=security");
    assertThat(objects(fresh.getOrDefault("articles", "")))
        .anyMatch(a ->
            Integer.valueOf(8101).equals(a.get("id"))
                && Integer.valueOf(2).equals(a.get("version")));
  }
}
