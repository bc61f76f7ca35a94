package dev.remit.postgres;

/**
 * Where a database is and as whom to come.
 *
 * <p>Its printed form does not show the password.
 *
 * @param url a JDBC URL such as {@code jdbc:postgresql://127.0.0.1:5432/remit}, without user and
 *     password
 */
public record DatabaseConfig(String url, String user, String password) {

  /** The same place as somebody else. */
  public DatabaseConfig as(String otherUser, String otherPassword) {
    return new DatabaseConfig(url, otherUser, otherPassword);
  }

  /** The same server and user, another database. */
  public DatabaseConfig database(String name) {
    int path = url.indexOf('/', url.indexOf("//") + 2);
    int query = url.indexOf('?');
    var server = path >= 0 ? url.substring(0, path) : query >= 0 ? url.substring(0, query) : url;
    return new DatabaseConfig(
        server + "/" + name + (query >= 0 ? url.substring(query) : ""), user, password);
  }

  @Override
  public String toString() {
    return user + " at " + url;
  }
}
