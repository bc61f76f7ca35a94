package dev.remit.server;

import dev.remit.core.release.Release;
import dev.remit.core.release.Releases;
import dev.remit.core.release.VersionId;
import dev.remit.postgres.PostgresVersions;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The version in force, as stored in the database; a folder on disk is never read here.
 *
 * <p>What is loaded stays until another version was loaded whole: a version that cannot be compiled
 * does not displace a good one, and admission refuses whatever the good one decides from then on.
 */
final class ActiveReleases implements Releases {

  /** Compiles stored files. */
  @FunctionalInterface
  interface Compiler {
    Active compile(VersionId version, SortedMap<String, byte[]> files);
  }

  private final PostgresVersions versions;
  private final Compiler compiler;
  private final Consumer<Release> onChange;
  private volatile @Nullable Active active;

  ActiveReleases(PostgresVersions versions, Compiler compiler, Consumer<Release> onChange) {
    this.versions = versions;
    this.compiler = compiler;
    this.onChange = onChange;
  }

  @Override
  public Active active() {
    var known = active;
    if (known == null) {
      throw new PolicyUnavailableException("no policy version is active");
    }
    return known;
  }

  /** The release in force, if there is one. */
  Optional<Release> release() {
    return Optional.ofNullable(active).map(Active::release);
  }

  @Override
  public synchronized void refresh() {
    var version = versions.activeVersion();
    if (version.isEmpty() || isLoaded(version.get())) {
      return;
    }
    var compiled = compiler.compile(version.get(), versions.files(version.get()));
    var fresh =
        new Releases.Active(
            compiled.release().by(versions.authors(version.get())), compiled.decisionPoint());
    onChange.accept(fresh.release());
    active = fresh;
  }

  private boolean isLoaded(VersionId version) {
    var known = active;
    return known != null && known.release().version().equals(version);
  }

  /** The tenants of the version in force; none while there is none. */
  Map<dev.remit.core.tenant.TenantId, dev.remit.core.tenant.Tenant> tenants() {
    return release().map(Release::tenants).orElse(Map.of());
  }
}
