SELECT
  *
FROM `events` AS `t0`
WHERE
  `t0`.`published` <= 19723 AND `t0`.`day` <= 19723
