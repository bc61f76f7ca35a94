package dev.remit.server;

import dev.remit.core.call.Sha256;
import dev.remit.core.identity.Organisation;
import dev.remit.core.tenant.TenantId;
import dev.remit.core.value.InvalidValueException;
import dev.remit.core.value.Value;
import dev.remit.server.notice.Channel;
import dev.remit.server.notice.MailChannel;
import dev.remit.server.notice.WebhookChannel;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where people are told that something waits, as the server's own configuration says; the workspace
 * can never name an address.
 *
 * <p>In the configuration file: {@code "notices": {"webhooks": [{"for", "group", "url", "secret"}],
 * "mail": {"host", "port", "from", "user", "secret", "to": [{"for", "group", "addresses"}]}}}.
 * {@code for} is {@code msp} or a tenant, {@code group} one group or person of the MSP, {@code
 * secret} names a sealed one.
 */
record OutsideNotices(Value.Obj settings) {

  static final OutsideNotices NONE = new OutsideNotices(Value.Obj.EMPTY);

  static OutsideNotices configured(Value.Obj file) {
    return new OutsideNotices(file.object("notices").orElse(Value.Obj.EMPTY));
  }

  /** The channels, their secrets read by name when they are needed. */
  List<Channel> channels(Function<String, Supplier<String>> secrets) {
    var channels = new ArrayList<Channel>();
    for (var hook : objects(settings, "webhooks")) {
      String organisation = need(hook, "for");
      channels.add(
          new WebhookChannel(
              name("webhook", hook, List.of(need(hook, "url"))),
              organisation(organisation),
              group(hook),
              URI.create(need(hook, "url")),
              secrets.apply(need(hook, "secret"))));
    }
    settings.object("mail").ifPresent(mail -> addMail(mail, secrets, channels));
    return channels;
  }

  private static void addMail(
      Value.Obj mail, Function<String, Supplier<String>> secrets, List<Channel> channels) {
    var login =
        mail.text("user")
            .map(user -> new MailChannel.Login(user, secrets.apply(need(mail, "secret"))));
    var server = new MailChannel.Server(need(mail, "host"), port(mail), need(mail, "from"), login);
    for (var list : objects(mail, "to")) {
      var addresses = new ArrayList<String>();
      for (var item : list.items("addresses")) {
        if (item instanceof Value.Text(String address)) {
          addresses.add(address);
        }
      }
      String organisation = need(list, "for");
      if (addresses.isEmpty()) {
        throw new InvalidValueException("mail for `" + organisation + "` needs addresses");
      }
      channels.add(
          new MailChannel(
              name("mail", list, addresses),
              organisation(organisation),
              group(list),
              server,
              addresses));
    }
  }

  /** What was told is remembered by this: another address is another channel. */
  private static String name(String kind, Value.Obj channel, List<String> addresses) {
    var digest = Sha256.of(Value.texts(addresses)).substring("sha256:".length());
    var group = channel.text("group").map(text -> "/" + text).orElse("");
    return kind + " for " + need(channel, "for") + group + " " + digest.substring(0, 12);
  }

  private static Optional<String> group(Value.Obj channel) {
    var group = channel.text("group");
    if (group.isPresent() && !need(channel, "for").equals("msp")) {
      throw new InvalidValueException("only a channel for `msp` can be for one `group` of it");
    }
    return group;
  }

  private static int port(Value.Obj mail) {
    long port = mail.integer("port").orElse(587L);
    if (port < 1 || port > 65_535) {
      throw new InvalidValueException("`port` of the mail server is between 1 and 65535");
    }
    return (int) port;
  }

  private static Organisation organisation(String text) {
    return text.equals("msp")
        ? new Organisation.Msp()
        : new Organisation.Client(new TenantId(text));
  }

  private static List<Value.Obj> objects(Value.Obj from, String name) {
    var objects = new ArrayList<Value.Obj>();
    for (var item : from.items(name)) {
      if (!(item instanceof Value.Obj object)) {
        throw new InvalidValueException("each of `" + name + "` must be an object");
      }
      objects.add(object);
    }
    return objects;
  }

  private static String need(Value.Obj object, String name) {
    return Optional.of(object)
        .flatMap(it -> it.text(name))
        .orElseThrow(
            () -> new InvalidValueException("`" + name + "` of a notice's channel is missing"));
  }
}
