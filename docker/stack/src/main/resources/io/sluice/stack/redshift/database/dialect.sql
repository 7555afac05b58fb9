-- What the dialect's translations call, and the functions that a loader and its tests use. Dates and times are
-- timestamps without a zone, as on Redshift, in the session's own time zone.

set allow_system_table_mods = on;

-- Fails inside a transaction block, where COMMIT is refused.
create or replace procedure redshift.begin_alone() language plpgsql as $$
begin
  commit;
end $$;

-- ALTER TABLE APPEND: columns are matched by name, identity columns stay behind. extra is '', 'ignoreextra' or 'filltarget'.
create or replace procedure redshift.append_rows(target_name text, source_name text, extra text)
language plpgsql as $$
declare
  target regclass := target_name::regclass;
  source regclass := source_name::regclass;
  odd record;
  shared text;
begin
  if (select c.relpersistence = 't' from pg_class c where c.oid = target) then
    raise feature_not_supported using message = 'ALTER TABLE APPEND to a temporary table is not supported';
  end if;
  if target = source then
    raise invalid_parameter_value using message = 'ALTER TABLE APPEND needs two different tables';
  end if;
  perform redshift.lock_for_writing(target_name), redshift.lock_for_writing(source_name);
  for odd in
    select coalesce(s.attname, t.attname) as name, s.attnum is null as missing, t.attnum is null as superfluous,
      s.attidentity <> '' and t.attidentity <> '' as identities,
      format_type(s.atttypid, s.atttypmod) <> format_type(t.atttypid, t.atttypmod)
        or s.attnotnull <> t.attnotnull as differs
    from (select * from pg_attribute a where a.attrelid = source and a.attnum > 0 and not a.attisdropped) s
      full join (select * from pg_attribute a where a.attrelid = target and a.attnum > 0 and not a.attisdropped) t
        on s.attname = t.attname
  loop
    if odd.identities then
      raise feature_not_supported using message = 'ALTER TABLE APPEND: identity column "' || odd.name || '" is in both tables';
    elsif odd.differs then
      raise datatype_mismatch using message = 'ALTER TABLE APPEND: column "' || odd.name || '" differs between the tables';
    elsif odd.superfluous and extra <> 'ignoreextra' then
      raise undefined_column using
        message = 'ALTER TABLE APPEND: column "' || odd.name || '" of the source is not in the target; IGNOREEXTRA discards it';
    elsif odd.missing and extra <> 'filltarget' then
      raise undefined_column using
        message = 'ALTER TABLE APPEND: column "' || odd.name || '" of the target is not in the source; FILLTARGET fills it';
    end if;
  end loop;
  select string_agg(quote_ident(s.attname), ', ' order by s.attnum) into shared
    from pg_attribute s join pg_attribute t on t.attrelid = target and t.attname = s.attname
    where s.attrelid = source and s.attnum > 0 and not s.attisdropped and not t.attisdropped
      and s.attidentity = '' and t.attidentity = '';
  execute 'insert into ' || target::text || ' (' || shared || ') select ' || shared || ' from ' || source::text;
  execute 'delete from ' || source::text;
end $$;
grant execute on all procedures in schema redshift to public;

create or replace function redshift.date_part_name(part text) returns text language sql immutable strict as $$
  select case
    when p in ('y', 'yr', 'yrs', 'year', 'years') then 'year'
    when p in ('qtr', 'qtrs', 'quarter', 'quarters') then 'quarter'
    when p in ('mon', 'mons', 'month', 'months') then 'month'
    when p in ('w', 'week', 'weeks') then 'week'
    when p in ('d', 'day', 'days') then 'day'
    when p in ('h', 'hr', 'hrs', 'hour', 'hours') then 'hour'
    when p in ('m', 'min', 'mins', 'minute', 'minutes') then 'minute'
    when p in ('s', 'sec', 'secs', 'second', 'seconds') then 'second'
    when p in ('ms', 'msec', 'msecs', 'millisec', 'millisecs', 'millisecond', 'milliseconds') then 'millisecond'
    when p in ('us', 'usec', 'usecs', 'microsec', 'microsecs', 'microsecond', 'microseconds') then 'microsecond'
    else p end
  from (select lower(part) as p) names $$;

create or replace function pg_catalog.dateadd(part text, amount bigint, value timestamp) returns timestamp
language sql immutable strict as $$
  select case redshift.date_part_name(part)
    when 'quarter' then value + make_interval(months => amount::int * 3)
    else value + (amount || ' ' || redshift.date_part_name(part))::interval end $$;

-- DATEDIFF counts the boundaries between two moments, not the time that has passed.
create or replace function pg_catalog.datediff(part text, first timestamp, second timestamp) returns bigint
language sql immutable strict as $$
  select case redshift.date_part_name(part)
    when 'year' then extract(year from second)::bigint - extract(year from first)::bigint
    when 'quarter' then (extract(year from second) * 4 + extract(quarter from second)
      - extract(year from first) * 4 - extract(quarter from first))::bigint
    when 'month' then (extract(year from second) * 12 + extract(month from second)
      - extract(year from first) * 12 - extract(month from first))::bigint
    when 'week' then (date_trunc('week', second)::date - date_trunc('week', first)::date)::bigint / 7
    when 'day' then (second::date - first::date)::bigint
    when 'hour' then (extract(epoch from date_trunc('hour', second) - date_trunc('hour', first)) / 3600)::bigint
    when 'minute' then (extract(epoch from date_trunc('minute', second) - date_trunc('minute', first)) / 60)::bigint
    when 'second' then extract(epoch from date_trunc('second', second) - date_trunc('second', first))::bigint
    when 'millisecond' then
      (extract(epoch from date_trunc('milliseconds', second) - date_trunc('milliseconds', first)) * 1000)::bigint
    when 'microsecond' then (extract(epoch from second - first) * 1000000)::bigint
  end $$;

create or replace function pg_catalog.convert_timezone(source text, target text, value timestamp) returns timestamp
language sql immutable strict as $$ select (value at time zone source) at time zone target $$;
create or replace function pg_catalog.convert_timezone(target text, value timestamp) returns timestamp
language sql immutable strict as $$ select (value at time zone 'UTC') at time zone target $$;
create or replace function pg_catalog.trunc(value timestamp) returns date language sql immutable strict as
  $$ select value::date $$;
create or replace function pg_catalog.last_day(value timestamp) returns date language sql immutable strict as
  $$ select (date_trunc('month', value) + interval '1 month' - interval '1 day')::date $$;
create or replace function pg_catalog.add_months(value timestamp, months int) returns timestamp
language sql immutable strict as $$
  select case when value::date = pg_catalog.last_day(value)
    then pg_catalog.last_day(value + make_interval(months => months)) + value::time
    else value + make_interval(months => months) end $$;
create or replace function pg_catalog.nvl2(tested anyelement, otherwise anycompatible, missing anycompatible)
returns anycompatible language sql immutable as
  $$ select case when tested is not null then otherwise else missing end $$;
create or replace function pg_catalog.regexp_replace(value text, pattern text) returns text language sql immutable strict as
  $$ select regexp_replace(value, pattern, '', 'g') $$;
-- REGEXP_REPLACE replaces all, where PostgreSQL's own replaces the first only.
create or replace function redshift.regexp_replace(value text, pattern text) returns text language sql immutable strict as
  $$ select regexp_replace(value, pattern, '', 'g') $$;
create or replace function redshift.regexp_replace(value text, pattern text, replacement text) returns text
language sql immutable strict as $$ select regexp_replace(value, pattern, replacement, 'g') $$;
create or replace function redshift.regexp_replace(value text, pattern text, replacement text, start int) returns text
language sql immutable strict as $$ select regexp_replace(value, pattern, replacement, start, 0) $$;

-- CONCAT of a NULL is NULL, where PostgreSQL's own leaves it out.
create or replace function redshift.concat(one text, two text) returns text language sql immutable strict as
  $$ select one || two $$;
create or replace function redshift.concat(one anynonarray, two text) returns text language sql stable strict as
  $$ select one || two $$;
create or replace function redshift.concat(one text, two anynonarray) returns text language sql stable strict as
  $$ select one || two $$;

-- AVG of integers is a BIGINT without a fraction, where PostgreSQL's own is a NUMERIC.
create or replace function redshift.avg_step(state numeric[], value anynonarray) returns numeric[]
language sql immutable strict as $$ select array[state[1] + 1, state[2] + value::numeric] $$;
create or replace function redshift.avg_end(state numeric[]) returns bigint language sql immutable strict as
  $$ select trunc(state[2] / nullif(state[1], 0))::bigint $$;
create or replace aggregate redshift.avg(smallint)
  (sfunc = redshift.avg_step, stype = numeric[], initcond = '{0,0}', finalfunc = redshift.avg_end);
create or replace aggregate redshift.avg(integer)
  (sfunc = redshift.avg_step, stype = numeric[], initcond = '{0,0}', finalfunc = redshift.avg_end);
create or replace aggregate redshift.avg(bigint)
  (sfunc = redshift.avg_step, stype = numeric[], initcond = '{0,0}', finalfunc = redshift.avg_end);
create or replace aggregate redshift.avg(numeric)
  (sfunc = numeric_avg_accum, stype = internal, finalfunc = numeric_avg);
create or replace aggregate redshift.avg(real)
  (sfunc = float4_accum, stype = float8[], initcond = '{0,0,0}', finalfunc = float8_avg);
create or replace aggregate redshift.avg(double precision)
  (sfunc = float8_accum, stype = float8[], initcond = '{0,0,0}', finalfunc = float8_avg);

create or replace function pg_catalog.charindex(part text, whole text) returns int language sql immutable strict as
  $$ select strpos(whole, part) $$;
create or replace function pg_catalog.strtol(value text, base int) returns bigint language plpgsql immutable strict as $$
declare
  digits text := lower(ltrim(btrim(value), '+-'));
  result numeric := 0;
  digit int;
begin
  if base not between 2 and 36 then
    raise invalid_parameter_value using message = 'The base must be between 2 and 36';
  end if;
  if base = 16 and left(digits, 2) = '0x' then
    digits := substr(digits, 3);
  end if;
  for i in 1 .. length(digits) loop
    digit := strpos('0123456789abcdefghijklmnopqrstuvwxyz', substr(digits, i, 1)) - 1;
    if digit not between 0 and base - 1 then
      raise invalid_text_representation using
        message = 'The input ' || value || ' is not valid to be converted to base ' || base;
    end if;
    result := result * base + digit;
  end loop;
  return case when left(btrim(value), 1) = '-' then -result else result end;
end $$;
create or replace function pg_catalog.json_extract_path_text(value text, variadic path text[]) returns text
language sql immutable strict as $$ select value::json #>> path $$;
-- Without blanks, as Redshift writes it.
create or replace function redshift.json_serialize(value jsonb) returns text language plpgsql immutable strict as $$
begin
  return case jsonb_typeof(value)
    when 'object' then (select '{' || coalesce(string_agg(to_json(key)::text || ':' || redshift.json_serialize(item), ','), '')
      || '}' from jsonb_each(value) as members (key, item))
    when 'array' then (select '[' || coalesce(string_agg(redshift.json_serialize(item), ',' order by place), '') || ']'
      from jsonb_array_elements(value) with ordinality as items (item, place))
    else value::text end;
end $$;
create or replace function pg_catalog.is_valid_json(value text) returns boolean language sql immutable strict as
  $$ select value is json object $$;
create or replace function pg_catalog.sha2(value text, bits int) returns text language sql immutable strict as $$
  select case bits when 224 then encode(sha224(convert_to(value, 'UTF8')), 'hex')
    when 384 then encode(sha384(convert_to(value, 'UTF8')), 'hex')
    when 512 then encode(sha512(convert_to(value, 'UTF8')), 'hex')
    else encode(sha256(convert_to(value, 'UTF8')), 'hex') end $$;

grant usage, create on schema public to public;
