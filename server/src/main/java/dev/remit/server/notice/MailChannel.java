package dev.remit.server.notice;

import dev.remit.core.identity.Organisation;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * Mail over SMTP (RFC 5321). A server that is not on this machine is spoken to under TLS only.
 *
 * <p>A repetition of one notice has the same {@code Message-ID}.
 */
public final class MailChannel implements Channel {

  private final String name;
  private final Organisation organisation;
  private final Optional<String> group;
  private final Server server;
  private final List<String> to;

  /**
   * A mail server.
   *
   * @param login the user and how its password is had; none where the server asks for none
   */
  public record Server(String host, int port, String from, Optional<Login> login) {
    boolean isHere() {
      return List.of("127.0.0.1", "localhost", "::1").contains(host);
    }
  }

  /** Who we are at the server. */
  public record Login(String user, Supplier<String> password) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  public MailChannel(
      String name,
      Organisation organisation,
      Optional<String> group,
      Server server,
      List<String> to) {
    this.name = name;
    this.organisation = organisation;
    this.group = group;
    this.server = server;
    this.to = List.copyOf(to);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Organisation organisation() {
    return organisation;
  }

  @Override
  public Optional<String> group() {
    return group;
  }

  @Override
  public boolean tell(Notice notice, Instant at) {
    return send(notice.id(), subject(notice), text(notice), at);
  }

  @Override
  public boolean tell(AgentNotice notice, Instant at) {
    return send(notice.id(), "Remit: " + notice.heading(), notice.text(), at);
  }

  private boolean send(String id, String subject, String text, Instant at) {
    try {
      var message = new Named(session(), id, server.from());
      message.setFrom(new InternetAddress(server.from(), true));
      for (var address : to) {
        message.addRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
      }
      message.setSubject(subject, StandardCharsets.UTF_8.name());
      message.setSentDate(Date.from(at));
      message.setHeader("Auto-Submitted", "auto-generated");
      message.setText(text, StandardCharsets.UTF_8.name());
      Transport.send(message);
      return true;
    } catch (MessagingException | RuntimeException e) {
      return false;
    }
  }

  /** Keeps the id that the notice has, where the library would make up a new one. */
  private static final class Named extends MimeMessage {
    private final String id;

    Named(Session session, String id, String from) {
      super(session);
      this.id = "<" + id + "@" + from.substring(from.indexOf('@') + 1) + ">";
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }

  private static String subject(Notice notice) {
    return "Remit: "
        + switch (notice.kind()) {
          case ASKED -> "an answer is wanted for " + notice.tenant();
          case REMINDER -> "an answer is still wanted for " + notice.tenant();
          case ESCALATED -> "an answer of a stand-in is wanted for " + notice.tenant();
          case EXPIRED -> "nobody answered in time for " + notice.tenant();
          case RESOLVED -> notice.stateText() + " for " + notice.tenant();
        };
  }

  private static String text(Notice notice) {
    var what =
        switch (notice.kind()) {
          case ASKED, REMINDER ->
              "Something waits for an answer of yours until " + notice.answerBy() + ".";
          case ESCALATED ->
              "Those who were asked first have not answered. You may answer until "
                  + notice.answerBy()
                  + ".";
          case EXPIRED ->
              "Something waited for an answer until "
                  + notice.answerBy()
                  + " and got none. Silence is a no: nothing was done.";
          case RESOLVED ->
              "Something that waited for an answer needs none any more: it was "
                  + notice.stateText()
                  + ".";
        };
    return what
        + "\n\nRead it here after signing in:\n"
        + notice.link()
        + "\n\nNobody is asked to answer by mail, and this link opens nothing by itself.\n";
  }

  private Session session() {
    var properties = new Properties();
    properties.put("mail.smtp.host", server.host());
    properties.put("mail.smtp.port", Integer.toString(server.port()));
    properties.put("mail.smtp.connectiontimeout", "5000");
    properties.put("mail.smtp.timeout", "5000");
    properties.put("mail.smtp.writetimeout", "5000");
    properties.put("mail.smtp.allow8bitmime", "true");
    if (!server.isHere()) {
      properties.put("mail.smtp.starttls.enable", "true");
      properties.put("mail.smtp.starttls.required", "true");
      properties.put("mail.smtp.ssl.checkserveridentity", "true");
    }
    if (server.login().isEmpty()) {
      return Session.getInstance(properties);
    }
    var login = server.login().get();
    properties.put("mail.smtp.auth", "true");
    return Session.getInstance(
        properties,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(login.user(), login.password().get());
          }
        });
  }
}
