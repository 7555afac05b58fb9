-- What Redshift has and PostgreSQL has not. Run once at every start, as superuser; views go to pg_catalog so that every
-- session finds them whatever its search path.
set allow_system_table_mods = on;
set client_min_messages = warning;

create schema if not exists redshift;
grant usage on schema redshift to public;

-- The kinds of traces that a load leaves; the gateway writes them over a connection of its own.
create table if not exists redshift.load_errors (
  userid int, query bigint, transaction_id bigint, session int, database_name text, tbl bigint,
  starttime timestamp, filename text, line_number bigint, colname text, type text, col_length text,
  raw_line text, raw_field_value text, err_code int, err_reason text);
create table if not exists redshift.load_error_fields (
  userid int, session int, query bigint, filename text, line_number bigint, field int, colname text, value text,
  is_null int, type text, col_length text);
create table if not exists redshift.load_commits (
  userid int, query bigint, filename text, lines_scanned bigint, errors bigint, curtime timestamp, file_format text);
create table if not exists redshift.load_history (
  user_id int, query_id bigint primary key, transaction_id bigint, session_id int, database_name text, status text,
  table_name text, start_time timestamp, end_time timestamp, data_source text, file_format text, loaded_rows bigint,
  loaded_bytes bigint, source_file_count bigint, source_file_bytes bigint, file_count_scanned bigint,
  file_bytes_scanned bigint, error_count bigint);

-- Sequences keep a session's own last value whatever becomes of its transactions, which is just how
-- pg_last_copy_count() behaves.
create sequence if not exists redshift.query_ids minvalue 0 start 100;
create sequence if not exists redshift.last_copy_count minvalue 0;
create sequence if not exists redshift.last_copy_id minvalue 0;
grant usage, select, update on all sequences in schema redshift to public;

create or replace function pg_catalog.pg_last_copy_count() returns bigint language plpgsql as $$
begin
  return currval('redshift.last_copy_count');
exception when object_not_in_prerequisite_state then
  return 0;
end $$;

create or replace function pg_catalog.pg_last_copy_id() returns int language plpgsql as $$
begin
  return currval('redshift.last_copy_id');
exception when object_not_in_prerequisite_state then
  return -1;
end $$;

create or replace function redshift.copy_done(loaded bigint) returns bigint language sql as
  $$ select setval('redshift.last_copy_count', loaded) $$;

-- Locks a table against other writers, as any write on Redshift does; it says nothing of a table that is not there or
-- not the session's to write, for the write itself will. Owned by the superuser as copy_target is.
create or replace function redshift.lock_for_writing(target text) returns void language plpgsql security definer as $$
declare
  t regclass := to_regclass(target);
begin
  if has_table_privilege(session_user, t, 'INSERT, UPDATE, DELETE')
      and (select c.relkind = 'r' from pg_class c where c.oid = t) then
    execute 'lock table ' || t::text || ' in share row exclusive mode';
  end if;
end $$;

-- Locks the target against other writers, as COPY does, and tells what the gateway must know of it. No row: no table.
-- Owned by the superuser, since the right to INSERT alone does not allow such a lock.
drop function if exists redshift.copy_target(text);
create function redshift.copy_target(target text)
returns table (
  query_id bigint, transaction_id bigint, session_id int, user_id bigint, timeout_ms bigint, table_id bigint,
  table_name text, column_name text, column_type text, not_null boolean, is_identity boolean,
  is_overridable boolean)
language plpgsql security definer as $$
declare
  t regclass := to_regclass(target);
  id bigint;
begin
  if t is null then
    return;
  end if;
  if not has_table_privilege(session_user, t, 'INSERT') then
    raise insufficient_privilege using message = 'permission denied for relation ' || t::text;
  end if;
  execute 'lock table ' || t::text || ' in share row exclusive mode';
  id := nextval('redshift.query_ids');
  perform setval('redshift.last_copy_id', id), setval('redshift.last_copy_count', 0);
  return query
    select id, pg_current_xact_id()::text::bigint, pg_backend_pid(),
      (select r.oid::bigint from pg_roles r where r.rolname = session_user),
      (select s.setting::bigint from pg_settings s where s.name = 'statement_timeout'),
      t::oid::bigint, c.relname::text, a.attname::text,
      coalesce(
        (select 'bytea(' || substring(pg_get_constraintdef(k.oid) from '<= ([0-9]+)') || ')' from pg_constraint k
          where a.atttypid = 'bytea'::regtype and k.conrelid = t and k.conname = 'varchar_bytes_' || a.attname),
        format_type(a.atttypid, a.atttypmod)),
      a.attnotnull,
      a.attidentity <> '', a.attidentity = 'd'
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where a.attrelid = t and a.attnum > 0 and not a.attisdropped
    order by a.attnum;
end $$;

-- (No backslash in this file: sessions read it as an escape, as Redshift does.)
-- VARCHAR(n) counts bytes: the check of each such column calls this for a value that is too long. (It takes
-- the value only so that the planner does not call it beforehand, as it would with constants.)
create or replace function redshift.too_long(value text, bytes int) returns boolean language plpgsql immutable strict as $$
begin
  raise string_data_right_truncation
    using message = 'value too long for type character varying(' || bytes || ')';
end $$;

create or replace function redshift.too_long(value bytea, bytes int) returns boolean language plpgsql immutable strict as $$
begin
  raise string_data_right_truncation
    using message = 'value too long for type binary varying(' || bytes || ')';
end $$;

create or replace function redshift.version() returns text language sql immutable as
  $$ select 'PostgreSQL 8.0.2 on i686-pc-linux-gnu, compiled by GCC gcc (GCC) 3.4.2 20041017 (Red Hat 3.4.2-6.fc3), Redshift 1.0.77467'::text $$;
create or replace function redshift.sysdate() returns timestamp language sql stable as
  $$ select (now() at time zone current_setting('TimeZone'))::timestamp $$;
create or replace function pg_catalog.getdate() returns timestamp language sql stable as
  $$ select date_trunc('second', statement_timestamp() at time zone current_setting('TimeZone'))::timestamp $$;
create or replace function pg_catalog.len(value text) returns int language sql immutable strict as
  $$ select length(value) $$;
create or replace function pg_catalog.json_parse(value text) returns jsonb language sql immutable strict as
  $$ select value::jsonb $$;

create or replace view pg_catalog.stl_load_errors as
  select userid, 0 as slice, tbl::int as tbl, starttime, session, query::int as query, filename::char(256) as filename, line_number,
    colname::char(127) as colname, type::char(10) as type, col_length::char(10) as col_length, 0 as position,
    raw_line::char(1024) as raw_line, raw_field_value::char(1024) as raw_field_value, err_code,
    err_reason::char(100) as err_reason, 0 as is_partial, 0::bigint as start_offset, null::bigint as copy_job_id
  from redshift.load_errors;
create or replace view pg_catalog.stl_loaderror_detail as
  select userid, 0 as slice, session, query::int as query, filename::char(256) as filename, line_number, field,
    colname::char(1024) as colname, value::char(1024) as value, is_null, type::char(10) as type,
    col_length::char(10) as col_length
  from redshift.load_error_fields;
create or replace view pg_catalog.stl_load_commits as
  select userid, query::int as query, 0 as slice, filename::char(256) as name, filename::char(256) as filename,
    0 as byte_offset, lines_scanned::int as lines_scanned, errors::int as errors, curtime, 1 as status,
    file_format::char(16) as file_format, 0 as is_partial, 0::bigint as start_offset, null::bigint as copy_job_id
  from redshift.load_commits;
create or replace view pg_catalog.sys_load_error_detail as
  select userid as user_id, query as query_id, transaction_id, session as session_id,
    database_name::char(64) as database_name, tbl::int as table_id, starttime as start_time, filename::char(256) as file_name,
    line_number, colname::char(127) as column_name, type::char(10) as column_type, col_length::char(10) as column_length,
    0 as position, err_code as error_code, err_reason::char(512) as error_message
  from redshift.load_errors;
create or replace view pg_catalog.sys_load_history as
  select user_id, query_id, transaction_id, session_id, database_name, status, table_name, start_time, end_time,
    (extract(epoch from coalesce(end_time, localtimestamp) - start_time) * 1000000)::bigint as duration, data_source,
    file_format, loaded_rows, loaded_bytes, source_file_count, source_file_bytes, file_count_scanned,
    file_bytes_scanned, error_count, null::bigint as copy_job_id
  from redshift.load_history;
grant select on all tables in schema redshift to public;
grant select on pg_catalog.stl_load_errors, pg_catalog.stl_loaderror_detail, pg_catalog.stl_load_commits,
  pg_catalog.sys_load_error_detail, pg_catalog.sys_load_history to public;
