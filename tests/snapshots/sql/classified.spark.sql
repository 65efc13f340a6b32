SELECT
  `t0`.`actor`,
  `t0`.`recipient`,
  CAST(CAST(FLOOR(TRY_DIVIDE(`t0`.`day` - -25567, 7.0)) AS BIGINT) AS INT) AS `week`,
  `t0`.`day`,
  `t0`.`published`,
  `t0`.`cell`,
  `t0`.`goldstein_hundredths`,
  `t0`.`n_reports`,
  `t0`.`is_kept`,
  `t0`.`actor_role` IN ('', 'GOV', 'MIL', 'LEG')
  AND `t0`.`recipient_role` IN ('', 'GOV', 'MIL', 'LEG')
  AND (
    `t0`.`actor` <> `t0`.`recipient`
  ) AS `is_dyad`,
  `t0`.`has_url`,
  `t0`.`root`,
  `t0`.`cameo_code`,
  `t0`.`actor_role`,
  `t0`.`recipient_role`,
  `t0`.`actor_role` IN ('', 'GOV', 'MIL', 'LEG')
  AND `t0`.`recipient_role` IN ('', 'GOV', 'MIL', 'LEG') AS `of_state`,
  `t0`.`issues`,
  `t0`.`repeat_key`,
  `t0`.`file_number`,
  `t0`.`origin_line`
FROM `events` AS `t0`
