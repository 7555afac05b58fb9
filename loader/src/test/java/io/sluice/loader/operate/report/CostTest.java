package io.sluice.loader.operate.report;

import static io.sluice.loader.operate.Landing.OTHER;
import static io.sluice.loader.operate.Landing.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.common.manifest.ManifestMessage;
import io.sluice.common.manifest.TableName;
import io.sluice.loader.operate.Landing;
import io.sluice.loader.operate.report.DayCost.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CostTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-11-22");

  private final Landing landing = new Landing();
  private final List<DayCost> told = new ArrayList<>();

  @Test
  void sumsUpTableByTableAndDayByDayOfUtc() {
    ManifestMessage one = landing.landed.land(TABLE, "1,a", "2,b");
    ManifestMessage two = landing.landed.land(TABLE, "3,c");
    landing.load(one, two);
    landing.load(landing.landed.land(OTHER, "4,d"));
    landing.clock.advance(Duration.ofHours(18));
    landing.load(landing.landed.land(TABLE, "5,e"));

    DayCost total = run(FIRST, FIRST.plusDays(1), TABLE, OTHER);

    assertThat(told)
        .extracting(cost -> cost.day().orElseThrow() + " " + cost.table().orElseThrow())
        .containsExactly(
            "2026-11-22 public.others", "2026-11-22 public.things", "2026-11-23 public.things");
    Usage first = told.get(1).usage();
    assertThat(first.copies()).isEqualTo(1);
    assertThat(first.batches()).isEqualTo(2);
    assertThat(first.files()).isEqualTo(2);
    assertThat(first.rows()).isEqualTo(3);
    assertThat(first.bytes()).isEqualTo(one.bytes() + two.bytes());
    assertThat(first.s3Gets()).as("two manifests, the list, two files").isEqualTo(5);
    assertThat(first.s3Puts()).isEqualTo(1);
    assertThat(first.sqsRequests()).isEqualTo(6);
    assertThat(total.day()).isEmpty();
    assertThat(total.table()).isEmpty();
    assertThat(total.usage().rows()).isEqualTo(5);
    assertThat(total.usage().copies()).isEqualTo(3);
  }

  @Test
  void leavesOutOtherDaysAndTables() {
    landing.load(landing.landed.land(TABLE, "1,a"));
    landing.load(landing.landed.land(OTHER, "2,b"));

    assertThat(run(FIRST.plusDays(1), FIRST.plusDays(3), TABLE).usage()).isEqualTo(Usage.NOTHING);
    assertThat(run(FIRST, FIRST, OTHER).usage().rows()).isEqualTo(1);
  }

  @Test
  void countsNoCopyWhereAllWentToQuarantine() {
    landing.load(landing.landed.land(TABLE, "bad"));

    Usage usage = run(FIRST, FIRST, TABLE).usage();

    assertThat(usage.copies()).isZero();
    assertThat(usage.batches()).isEqualTo(1);
    assertThat(usage.s3Gets()).isEqualTo(1);
  }

  @Test
  void takesTheTimeOfLoadsWhereThatOfTheirCopiesIsNotKnown() {
    Duration hour = Duration.ofHours(1);
    Usage known = new Usage(1, 1, 1, 1, 1, Optional.of(hour), Optional.of(Duration.ofMinutes(30)));
    Usage forgotten = new Usage(1, 1, 1, 1, 1, Optional.of(hour), Optional.empty());
    Usage byHand = new Usage(1, 1, 1, 1, 1, Optional.empty(), Optional.empty());

    assertThat(known.warehouse()).contains(Duration.ofMinutes(30));
    assertThat(known.plus(known).warehouse()).contains(hour);
    assertThat(known.plus(forgotten).warehouse()).contains(Duration.ofHours(2));
    assertThat(known.plus(byHand).warehouse()).isEmpty();
  }

  @Test
  void reckonsByThePrices() {
    Usage usage =
        new Usage(1000, 2000, 7000, 1, 1, Optional.of(Duration.ofMinutes(30)), Optional.empty());
    Prices prices =
        new Prices(
            new BigDecimal("0.005"),
            new BigDecimal("0.0004"),
            new BigDecimal("0.40"),
            Optional.of(new BigDecimal("3.26")),
            "USD");

    assertThat(usage.requestCost(prices)).isEqualByComparingTo("0.0114");
    assertThat(usage.warehouseCost(prices).orElseThrow()).isEqualByComparingTo("1.63");
    assertThat(usage.warehouseCost(Prices.DEFAULT)).isEmpty();
  }

  private DayCost run(LocalDate first, LocalDate last, TableName... tables) {
    return new Cost(landing.warehouse, Set.of(tables)).run(first, last, told::add);
  }
}
