WITH `t1` AS (
  SELECT
    *
  FROM `events` AS `t0`
  WHERE
    `t0`.`is_dyad` AND (
      `t0`.`is_kept` OR NOT (
        `t0`.`has_url`
      )
    )
)
SELECT
  *
FROM (
  SELECT
    `t4`.`actor`,
    `t4`.`recipient`,
    `t4`.`week`,
    `t4`.`cell`,
    '' AS `issue`,
    `t4`.`n`,
    CAST(`t4`.`goldstein_hundredths` AS BIGINT) AS `goldstein_hundredths`,
    CAST(`t4`.`n_reports` AS BIGINT) AS `n_reports`
  FROM (
    SELECT
      `t2`.`actor`,
      `t2`.`recipient`,
      `t2`.`week`,
      `t2`.`cell`,
      SUM(CAST(`t2`.`is_kept` AS BIGINT)) AS `n`,
      SUM(CAST(IF(`t2`.`is_kept`, `t2`.`goldstein_hundredths`, 0) AS DOUBLE)) AS `goldstein_hundredths`,
      SUM(CAST(`t2`.`n_reports` AS DOUBLE)) AS `n_reports`
    FROM `t1` AS `t2`
    GROUP BY
      1,
      2,
      3,
      4
  ) AS `t4`
) AS `t5`
UNION ALL
SELECT
  *
FROM (
  SELECT
    `t6`.`actor`,
    `t6`.`recipient`,
    `t6`.`week`,
    `t6`.`cell`,
    `t6`.`issue`,
    `t6`.`n`,
    CAST(`t6`.`goldstein_hundredths` AS BIGINT) AS `goldstein_hundredths`,
    CAST(`t6`.`n_reports` AS BIGINT) AS `n_reports`
  FROM (
    SELECT
      `t3`.`actor`,
      `t3`.`recipient`,
      `t3`.`week`,
      `t3`.`cell`,
      `t3`.`issue`,
      SUM(CAST(`t3`.`is_kept` AS BIGINT)) AS `n`,
      SUM(CAST(IF(`t3`.`is_kept`, `t3`.`goldstein_hundredths`, 0) AS DOUBLE)) AS `goldstein_hundredths`,
      SUM(CAST(`t3`.`n_reports` AS DOUBLE)) AS `n_reports`
    FROM (
      SELECT
        `t2`.`actor`,
        `t2`.`recipient`,
        `t2`.`week`,
        `t2`.`day`,
        `t2`.`published`,
        `t2`.`cell`,
        `t2`.`goldstein_hundredths`,
        `t2`.`n_reports`,
        `t2`.`is_kept`,
        `t2`.`is_dyad`,
        `t2`.`has_url`,
        `t2`.`root`,
        `t2`.`cameo_code`,
        `t2`.`actor_role`,
        `t2`.`recipient_role`,
        `t2`.`of_state`,
        `t2`.`issues`,
        `t2`.`repeat_key`,
        `t2`.`file_number`,
        `t2`.`origin_line`,
        EXPLODE(`t2`.`issues`) AS `issue`
      FROM `t1` AS `t2`
    ) AS `t3`
    GROUP BY
      1,
      2,
      3,
      4,
      5
  ) AS `t6`
) AS `t7`
