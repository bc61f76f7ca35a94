package dev.remit.evidence;

import gov.nist.secauto.metaschema.core.configuration.DefaultConfiguration;
import gov.nist.secauto.metaschema.core.model.validation.IValidationResult;
import gov.nist.secauto.metaschema.core.model.validation.JsonSchemaContentValidator;
import gov.nist.secauto.oscal.lib.OscalBindingContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What NIST's own library says of assessment results: the JSON schema of OSCAL 1.1.3, and then the
 * constraints of its Metaschema, which say of values and references what a schema cannot.
 */
final class OscalReferee {

  private static final JsonSchemaContentValidator SCHEMA =
      new JsonSchemaContentValidator(
          Objects.requireNonNull(
              OscalBindingContext.class.getResourceAsStream("/schema/json/oscal-ar_schema.json")));

  private OscalReferee() {}

  /** Everything that is wrong with a document, which is written to this file. */
  static List<String> findings(Path file, String document) throws IOException {
    Files.writeString(file, document);
    var findings = new ArrayList<String>();
    var schema =
        SCHEMA.validate(
            new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)), file.toUri());
    add("schema", schema, findings);
    add(
        "constraint",
        OscalBindingContext.instance()
            .validateWithConstraints(file.toUri(), new DefaultConfiguration<>()),
        findings);
    return findings;
  }

  private static void add(String by, IValidationResult result, List<String> to) {
    for (var finding : result.getFindings()) {
      to.add(by + " " + finding.getSeverity() + ": " + finding.getMessage());
    }
    if (!result.isPassing() && result.getFindings().isEmpty()) {
      to.add(by + ": not valid");
    }
  }
}
