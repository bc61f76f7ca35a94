package dev.remit.policy.reach;

import dev.remit.core.release.ConnectorSpec;
import dev.remit.core.release.Release;
import dev.remit.core.target.ConnectorId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What agents could do as boxes in five columns (agents, task classes, tools, systems, inherited
 * systems) and lines between them.
 */
final class ReachGraph {
  static final List<String> COLUMNS =
      List.of("agents", "task classes", "tools", "systems", "inherited systems");

  /**
   * A box.
   *
   * @param isOpen whether it is inherited and nobody accepts it
   */
  record Box(int column, int row, String text, boolean isOpen) {}

  /** A line between two boxes. */
  record Line(Box from, Box to) {}

  private final Release release;
  private final LocalDate today;
  private final List<Map<String, Box>> columns = new ArrayList<>();
  private final Set<Line> lines = new LinkedHashSet<>();

  private ReachGraph(Release release, LocalDate today) {
    this.release = release;
    this.today = today;
    COLUMNS.forEach(name -> columns.add(new LinkedHashMap<>()));
  }

  static ReachGraph of(Release release, List<Authority> authorities, LocalDate today) {
    var graph = new ReachGraph(release, today);
    authorities.forEach(graph::add);
    return graph;
  }

  List<Box> boxes() {
    return columns.stream().flatMap(column -> column.values().stream()).toList();
  }

  Set<Line> lines() {
    return lines;
  }

  int rows() {
    return columns.stream().mapToInt(Map::size).max().orElse(0);
  }

  private void add(Authority authority) {
    var agent = box(0, authority.agent().text(), authority.agent().text(), false);
    for (var held : authority.tools()) {
      if (held.isUsable()) {
        var taskClass = box(1, held.taskClass(), held.taskClass(), false);
        var tool = tool(held);
        lines.add(new Line(agent, taskClass));
        lines.add(new Line(taskClass, tool));
        lines.add(new Line(tool, system(held.tool().connector())));
      }
    }
    authority.inherited().forEach(this::inherited);
  }

  private Box tool(Held held) {
    var name = held.tool().name();
    return box(2, name, name + " (" + held.tool().effect().text() + ")", false);
  }

  private Box system(ConnectorId id) {
    return box(3, id.value(), words(id), false);
  }

  private String words(ConnectorId id) {
    ConnectorSpec known = release.connectors().get(id);
    return known == null ? id.value() : id + ": " + known.system();
  }

  private void inherited(Inherited inherited) {
    @Nullable Box from = null;
    for (var step : inherited.chain()) {
      var reach = step.reach();
      var to = reached(inherited, step);
      var start = from == null ? columns.get(3).get(reach.from().value()) : from;
      if (start != null) {
        lines.add(new Line(start, to));
      }
      from = reach.equals(inherited.reach()) ? null : to;
    }
  }

  /** A step on the way stands as it was found before: nearer ones come first. */
  private Box reached(Inherited inherited, Inherited.Step step) {
    var reach = step.reach();
    var key = reach.from() + "/" + reach.number();
    var known = columns.get(4).get(key);
    if (known != null) {
      return known;
    }
    var standing = inherited.standing(today);
    return box(
        4,
        key,
        reach.to()
            + " ("
            + reach.effect().text()
            + ") by "
            + step.tool()
            + ": "
            + SvgText.standing(standing),
        standing.equals("open") || standing.equals("ended"));
  }

  private Box box(int column, String key, String text, boolean isOpen) {
    var boxes = columns.get(column);
    return boxes.computeIfAbsent(key, k -> new Box(column, boxes.size(), text, isOpen));
  }
}
