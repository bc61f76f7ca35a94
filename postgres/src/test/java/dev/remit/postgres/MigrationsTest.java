package dev.remit.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A migration that the list forgets would never run where another one ran already. */
class MigrationsTest {

  @Test
  void theListNamesEveryFile() throws IOException {
    try (var files =
        Files.list(Path.of("src/main/resources/dev/remit/postgres/migration").toAbsolutePath())) {
      assertThat(Migrations.FILES)
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> String.valueOf(file.getFileName())).toList());
    }
  }
}
