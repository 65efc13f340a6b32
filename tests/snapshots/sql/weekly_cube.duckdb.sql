SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t1"."actor",
      "t1"."recipient",
      "t1"."week",
      "t1"."cell",
      "t1"."issue",
      SUM(CAST("t1"."is_kept" AS BIGINT)) AS "n",
      SUM(
        CAST(CASE WHEN "t1"."is_kept" THEN "t1"."goldstein_hundredths" ELSE 0 END AS BIGINT)
      ) AS "goldstein_hundredths",
      SUM(CAST("t1"."n_reports" AS BIGINT)) AS "n_reports"
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
        '' AS "issue"
      FROM "events" AS "t0"
      WHERE
        "t0"."is_dyad" AND (
          "t0"."is_kept" OR NOT (
            "t0"."has_url"
          )
        )
    ) AS "t1"
    GROUP BY
      1,
      2,
      3,
      4,
      5
  ) AS "t4"
) AS "t5"
UNION ALL
SELECT
  *
FROM (
  SELECT
    *
  FROM (
    SELECT
      "t3"."actor",
      "t3"."recipient",
      "t3"."week",
      "t3"."cell",
      "t3"."issue",
      SUM(CAST("t3"."is_kept" AS BIGINT)) AS "n",
      SUM(
        CAST(CASE WHEN "t3"."is_kept" THEN "t3"."goldstein_hundredths" ELSE 0 END AS BIGINT)
      ) AS "goldstein_hundredths",
      SUM(CAST("t3"."n_reports" AS BIGINT)) AS "n_reports"
    FROM (
      SELECT
        "t2"."actor",
        "t2"."recipient",
        "t2"."week",
        "t2"."day",
        "t2"."published",
        "t2"."cell",
        "t2"."goldstein_hundredths",
        "t2"."n_reports",
        "t2"."is_kept",
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
        "t2"."origin_line",
        UNNEST("t2"."issues") AS "issue"
      FROM (
        SELECT
          *
        FROM "events" AS "t0"
        WHERE
          "t0"."is_dyad" AND (
            "t0"."is_kept" OR NOT (
              "t0"."has_url"
            )
          )
      ) AS "t2"
    ) AS "t3"
    GROUP BY
      1,
      2,
      3,
      4,
      5
  ) AS "t6"
) AS "t7"
