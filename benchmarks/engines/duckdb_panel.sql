-- A name in braces is one of the product's definitions. Digamma (psi) and trigamma (psi1) go up eight steps by
-- recurrence, then follow the asymptotic series.

CREATE MACRO psi_far(x, y) AS
  ln(x) - 0.5 / x
  - y * (1.0 / 12 - y * (1.0 / 120 - y * (1.0 / 252 - y * (1.0 / 240
  - y * (5.0 / 660 - y * (691.0 / 32760 - y / 12))))));

CREATE MACRO psi(x) AS
  psi_far(x + 8, 1 / ((x + 8) * (x + 8)))
  - (1 / x + 1 / (x + 1) + 1 / (x + 2) + 1 / (x + 3)
  + 1 / (x + 4) + 1 / (x + 5) + 1 / (x + 6) + 1 / (x + 7));

CREATE MACRO psi1_far(x, y) AS
  (1 + 0.5 / x
  + y * (1.0 / 6 - y * (1.0 / 30 - y * (1.0 / 42 - y * (1.0 / 30
  - y * (5.0 / 66 - y * (691.0 / 2730 - y * 7 / 6))))))) / x;

CREATE MACRO psi1(x) AS
  psi1_far(x + 8, 1 / ((x + 8) * (x + 8)))
  + 1 / (x * x) + 1 / ((x + 1) * (x + 1)) + 1 / ((x + 2) * (x + 2)) + 1 / ((x + 3) * (x + 3))
  + 1 / ((x + 4) * (x + 4)) + 1 / ((x + 5) * (x + 5)) + 1 / ((x + 6) * (x + 6))
  + 1 / ((x + 7) * (x + 7));

CREATE MACRO share(coop, conf, shipped) AS
  CASE WHEN coop + conf < {least_events} THEN shipped
    WHEN coop = 0 OR conf = 0 THEN (coop + 0.5) / (coop + conf + 1.0)
    ELSE coop / (coop + conf) END;

WITH events AS (
  SELECT actor, recipient, week, cell, is_kept, n_reports, goldstein_hundredths
  FROM read_parquet($files) WHERE is_dyad AND (is_kept OR NOT has_url)
), weekly AS (
  SELECT actor, recipient, week,
    count(*) FILTER (is_kept AND cell IN (1, 5, 6))::DOUBLE AS q1,
    count(*) FILTER (is_kept AND cell = 2)::DOUBLE AS q2,
    count(*) FILTER (is_kept AND cell = 3)::DOUBLE AS q3,
    count(*) FILTER (is_kept AND cell = 4)::DOUBLE AS q4,
    count(*) FILTER (is_kept AND cell IN (1, 6))::DOUBLE AS warm,
    coalesce(sum(goldstein_hundredths::INT) FILTER (is_kept AND cell IN (1, 5, 6)), 0) AS g1,
    coalesce(sum(goldstein_hundredths::INT) FILTER (is_kept AND cell = 2), 0) AS g2,
    coalesce(sum(goldstein_hundredths::INT) FILTER (is_kept AND cell = 3), 0) AS g3,
    coalesce(sum(goldstein_hundredths::INT) FILTER (is_kept AND cell = 4), 0) AS g4,
    sum(n_reports) AS n_reports
  FROM events GROUP BY ALL
), totals AS (
  SELECT week, sum(warm) AS ww, sum(q3) AS cw, sum(q2) AS wd, sum(q4) AS cd
  FROM weekly GROUP BY week
), reference AS (
  SELECT week, min(week) OVER () AS first,
    share(coalesce(sum(ww) OVER year, 0), coalesce(sum(cw) OVER year, 0), {shipped_words}) AS p,
    share(coalesce(sum(wd) OVER year, 0), coalesce(sum(cd) OVER year, 0), {shipped_deeds}) AS d
  FROM totals
  WINDOW year AS (ORDER BY week RANGE BETWEEN {reference_from} PRECEDING AND {before} PRECEDING)
), summed AS (
  SELECT *, sum(q1) OVER near AS n1, sum(q2) OVER near AS n2, sum(q3) OVER near AS n3,
    sum(q4) OVER near AS n4, sum(warm) OVER near AS nw,
    coalesce(sum(warm) OVER past, 0) AS hw, coalesce(sum(q2) OVER past, 0) AS h2,
    coalesce(sum(q3) OVER past, 0) AS h3, coalesce(sum(q4) OVER past, 0) AS h4
  FROM weekly
  WINDOW near AS (PARTITION BY actor, recipient ORDER BY week
      RANGE BETWEEN {window} PRECEDING AND CURRENT ROW),
    past AS (PARTITION BY actor, recipient ORDER BY week
      RANGE BETWEEN {history_from} PRECEDING AND {before} PRECEDING)
), shaped AS (
  SELECT summed.* EXCLUDE (warm, nw, hw, h2, h3, h4),
    week >= first + {window} AS whole, n2 + n4 >= {least_deeds} AS enough,
    {prior} * (hw + {own} * p) / (hw + h3 + {own}) + nw AS wa,
    {prior} * (h3 + {own} * (1 - p)) / (hw + h3 + {own}) + n3 AS wb,
    {prior} * (h2 + {own} * d) / (h2 + h4 + {own}) + n2 AS da,
    {prior} * (h4 + {own} * (1 - d)) / (h2 + h4 + {own}) + n4 AS db,
    ln(p / (1 - p)) AS lp, ln(d / (1 - d)) AS ld
  FROM summed JOIN reference USING (week)
), indexed AS (
  SELECT *, psi(wa) - psi(wb) - lp AS words, psi(da) - psi(db) - ld AS deeds,
    CASE WHEN enough THEN {quantile} * sqrt(psi1(wa) + psi1(wb) + psi1(da) + psi1(db)) END AS half
  FROM shaped
), counted AS (
  SELECT *, CASE WHEN enough THEN words - deeds END AS gap,
    CASE WHEN whole THEN words END AS fw, CASE WHEN whole THEN deeds END AS fd,
    CASE WHEN whole AND enough THEN words - deeds END AS fg
  FROM indexed
), compared AS (
  SELECT *, count(fw) OVER past AS kw, avg(fw) OVER past AS mw, stddev_samp(fw) OVER past AS sw,
    avg(fd) OVER past AS md, stddev_samp(fd) OVER past AS sd,
    count(fg) OVER past AS kg, avg(fg) OVER past AS mg, stddev_samp(fg) OVER past AS sg
  FROM counted
  WINDOW past AS (PARTITION BY actor, recipient ORDER BY week
      RANGE BETWEEN {trailing_from} PRECEDING AND {before} PRECEDING)
)
SELECT actor, recipient, DATE '1970-01-01' + ({week_zero} + 7 * week) AS week,
  q1 AS n_{a}, q2 AS n_{b}, q3 AS n_{c}, q4 AS n_{e}, n_reports,
  n1 AS n_{a}_12w, n2 AS n_{b}_12w, n3 AS n_{c}_12w, n4 AS n_{e}_12w,
  g1 / 100.0 AS goldstein_{a}, g2 / 100.0 AS goldstein_{b},
  g3 / 100.0 AS goldstein_{c}, g4 / 100.0 AS goldstein_{e},
  words, deeds, gap, gap - half AS gap_low, gap + half AS gap_high,
  CASE WHEN kw >= {least_history} AND sw >= {least_spread} THEN (fw - mw) / sw END AS z_words,
  CASE WHEN kw >= {least_history} AND sd >= {least_spread} THEN (fd - md) / sd END AS z_deeds,
  CASE WHEN kg >= {least_history} AND sg >= {least_spread} THEN (fg - mg) / sg END AS z_gap
FROM compared;
