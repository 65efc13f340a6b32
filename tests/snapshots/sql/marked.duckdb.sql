SELECT
  "t2"."actor",
  "t2"."recipient",
  "t2"."week",
  "t2"."day",
  "t2"."published",
  "t2"."cell",
  "t2"."goldstein_hundredths",
  "t2"."n_reports",
  "t2"."place" = "t2"."earliest" AS "is_kept",
  "t2"."is_dyad",
  "t2"."has_url",
  "t2"."root",
  "t2"."cameo_code",
  "t2"."actor_role",
  "t2"."recipient_role",
  "t2"."of_state",
  "t2"."issues",
  "t2"."repeat_key",
  "t2"."file_number",
  "t2"."origin_line"
FROM (
  SELECT
    "t1"."actor",
    "t1"."recipient",
    "t1"."week",
    "t1"."day",
    "t1"."published",
    "t1"."cell",
    "t1"."goldstein_hundredths",
    "t1"."n_reports",
    "t1"."is_kept",
    "t1"."is_dyad",
    "t1"."has_url",
    "t1"."root",
    "t1"."cameo_code",
    "t1"."actor_role",
    "t1"."recipient_role",
    "t1"."of_state",
    "t1"."issues",
    "t1"."repeat_key",
    "t1"."file_number",
    "t1"."origin_line",
    "t1"."place",
    MIN("t1"."place") OVER (
      PARTITION BY "t1"."actor", "t1"."recipient", "t1"."root", "t1"."of_state", "t1"."repeat_key"
      ORDER BY "t1"."day" ASC
      RANGE BETWEEN 1 preceding AND 1 following
    ) AS "earliest"
  FROM (
    SELECT
      "t0"."actor",
      "t0"."recipient",
      "t0"."week",
      "t0"."day",
      "t0"."published",
      "t0"."cell",
      "t0"."goldstein_hundredths",
      "t0"."n_reports",
      "t0"."is_kept",
      "t0"."is_dyad",
      "t0"."has_url",
      "t0"."root",
      "t0"."cameo_code",
      "t0"."actor_role",
      "t0"."recipient_role",
      "t0"."of_state",
      "t0"."issues",
      "t0"."repeat_key",
      "t0"."file_number",
      "t0"."origin_line",
      (
        CAST("t0"."published" AS BIGINT) * 70368744177664
      ) + (
        (
          CAST("t0"."file_number" AS BIGINT) * 67108864
        ) + "t0"."origin_line"
      ) AS "place"
    FROM "events" AS "t0"
  ) AS "t1"
) AS "t2"
