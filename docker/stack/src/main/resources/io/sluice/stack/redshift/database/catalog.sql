-- Redshift's catalog as far as tools, drivers and loaders read it; see "System tables and views reference" of the Redshift
-- Database Developer Guide. A node has two slices and nothing is ever distributed, sorted or encoded.
set allow_system_table_mods = on;

-- A type in Redshift's words.
create or replace function redshift.type_name(type oid, modifier int) returns text language sql stable as $$
  select case format_type(type, null) when 'jsonb' then 'super' when 'bytea' then 'binary varying(64000)'
    else format_type(type, modifier) end $$;

-- The rows of a table that the caller may not be allowed to read.
create or replace function redshift.rows_of(relation oid) returns bigint language plpgsql security definer as $$
declare
  counted bigint;
begin
  execute 'select count(*) from ' || relation::regclass::text into counted;
  return counted;
end $$;

-- Tables and views of users and of the system, but not the stand-in's own.
create or replace view redshift.relations as
  select c.oid, n.nspname::text as schema_name, c.relname::text as table_name, c.relkind, c.relowner, c.relnamespace,
    case when n.nspname ^@ 'pg_temp' then 'LOCAL TEMPORARY' when c.relkind in ('v', 'm') then 'VIEW' else 'BASE TABLE' end
      as table_type
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'v', 'm') and n.nspname not in ('redshift', 'pg_toast')
    and has_table_privilege(c.oid, 'select, insert, update, delete');

create or replace view pg_catalog.svv_tables as
  select current_database()::varchar(128) as table_catalog, schema_name::varchar(128) as table_schema,
    table_name::varchar(128) as table_name, table_type::varchar(128) as table_type,
    obj_description(oid, 'pg_class')::varchar(256) as remarks
  from redshift.relations;

create or replace view pg_catalog.svv_columns as
  select current_database()::varchar(128) as table_catalog, r.schema_name::varchar(128) as table_schema,
    r.table_name::varchar(128) as table_name, a.attname::varchar(128) as column_name, a.attnum::int as ordinal_position,
    pg_get_expr(d.adbin, d.adrelid)::varchar(4000) as column_default,
    case when a.attnotnull then 'NO' else 'YES' end::varchar(3) as is_nullable,
    regexp_replace(redshift.type_name(a.atttypid, a.atttypmod), '[(][^)]*[)]', '')::varchar(128) as data_type,
    information_schema._pg_char_max_length(a.atttypid, a.atttypmod)::int as character_maximum_length,
    information_schema._pg_numeric_precision(a.atttypid, a.atttypmod)::int as numeric_precision,
    information_schema._pg_numeric_precision_radix(a.atttypid, a.atttypmod)::int as numeric_precision_radix,
    information_schema._pg_numeric_scale(a.atttypid, a.atttypmod)::int as numeric_scale,
    information_schema._pg_datetime_precision(a.atttypid, a.atttypmod)::int as datetime_precision,
    null::varchar as interval_type, null::varchar as interval_precision, null::varchar as character_set_catalog,
    null::varchar as character_set_schema, null::varchar as character_set_name, null::varchar as collation_catalog,
    null::varchar as collation_schema, null::varchar as collation_name, null::varchar as domain_name,
    col_description(r.oid, a.attnum)::varchar(256) as remarks
  from redshift.relations r
    join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum;

create or replace view pg_catalog.svv_external_schemas as
  select 0::oid as esoid, 0::smallint as eskind, null::name as schemaname, 0 as esowner, null::text as databasename,
    null::text as esoptions
  where false;
create or replace view pg_catalog.svv_external_tables as
  select null::text as redshift_database_name, null::text as schemaname, null::text as tablename, null::text as tabletype,
    null::text as location, null::text as input_format, null::text as output_format, null::text as serialization_lib,
    null::text as serde_parameters, 0 as compressed, null::text as parameters
  where false;
create or replace view pg_catalog.svv_external_columns as
  select null::text as redshift_database_name, null::text as schemaname, null::text as tablename, null::text as columnname,
    null::text as external_type, 0 as columnnum, 0 as part_key, null::text as is_nullable
  where false;
create or replace view pg_catalog.svv_redshift_databases as
  select datname::varchar(128) as database_name, datdba::int as database_owner, 'local'::varchar(32) as database_type,
    null::varchar(128) as database_acl, null::varchar(128) as database_options,
    null::varchar(128) as database_isolation_level
  from pg_database where datname = current_database();
create or replace view pg_catalog.svv_all_tables as
  select table_catalog as database_name, table_schema as schema_name, table_name, null::varchar(128) as table_acl,
    case table_type when 'BASE TABLE' then 'TABLE' else table_type end::varchar(128) as table_type, remarks
  from pg_catalog.svv_tables;
create or replace view pg_catalog.svv_all_columns as
  select table_catalog as database_name, table_schema as schema_name, table_name, column_name, ordinal_position,
    column_default, is_nullable, data_type, character_maximum_length, numeric_precision, numeric_scale, remarks
  from pg_catalog.svv_columns;
create or replace view pg_catalog.pg_proc_info as
  select p.oid as prooid, p.proname, p.pronamespace, p.proowner, p.prolang, p.proisstrict, p.proretset, p.provolatile,
    p.pronargs, p.prorettype, p.proargtypes, p.proargnames, p.proargmodes, p.proallargtypes, p.prosrc, p.probin, p.proacl,
    p.prokind = 'a' as proisagg, p.prosecdef, p.prokind
  from pg_proc p where p.pronamespace <> 'redshift'::regnamespace;

-- There are no late-binding views.
create or replace function pg_catalog.pg_get_late_binding_view_cols() returns setof record language sql stable as
  $$ select null::name, null::name, null::name, null::text, null::int where false $$;

-- Only the tables of the schemas in the search path, as on Redshift.
create or replace view pg_catalog.pg_table_def as
  select r.schema_name::name as schemaname, r.table_name::name as tablename, a.attname as column,
    redshift.type_name(a.atttypid, a.atttypmod) as type, 'none'::char(32) as encoding, false as distkey, 0 as sortkey,
    a.attnotnull as notnull
  from redshift.relations r
    join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  where r.relkind = 'r' and r.schema_name = any (current_schemas(true));

-- Empty tables are not shown, as on Redshift.
create or replace view pg_catalog.svv_table_info as
  select current_database()::text as database, schema_name as schema, oid as table_id, table_name as "table",
    'N'::text as encoded, 'EVEN'::text as diststyle, ''::text as sortkey1, null::int as max_varchar,
    null::char(32) as sortkey1_enc, 0 as sortkey_num, (pg_table_size(oid) + 1048575) / 1048576 as size,
    0::numeric(10,4) as pct_used, 0::bigint as empty, null::numeric(5,2) as unsorted, 0::numeric(5,2) as stats_off,
    tbl_rows::numeric(38,0) as tbl_rows, null::numeric(19,2) as skew_sortkey1, null::numeric(19,2) as skew_rows,
    tbl_rows::numeric(38,0) as estimated_visible_rows, null::text as risk_event, null::numeric(12,2) as vacuum_sort_benefit,
    null::timestamp as create_time
  from (select *, redshift.rows_of(oid) as tbl_rows from redshift.relations
    where relkind = 'r' and schema_name not in ('pg_catalog', 'information_schema')) counted
  where tbl_rows > 0;

create or replace view pg_catalog.stv_slices as
  select 0 as node, slice, slice as localslice, 'D'::char(1) as type from generate_series(0, 1) as slice;
create or replace view pg_catalog.stv_sessions as
  select backend_start::timestamp as starttime, pid as process, usename::char(50) as user_name,
    datname::char(50) as db_name, 0 as timeout_sec
  from pg_stat_activity where backend_type = 'client backend' and usename <> 'postgres';
create or replace view pg_catalog.stv_recents as
  select usesysid::int as userid, case state when 'active' then 'Running' else 'Done' end::char(20) as status,
    query_start::timestamp as starttime,
    (extract(epoch from coalesce(case when state = 'active' then clock_timestamp() end, state_change) - query_start)
      * 1000000)::int as duration,
    usename::char(50) as user_name, datname::char(50) as db_name, query::char(600) as query, pid
  from pg_stat_activity where backend_type = 'client backend' and usename <> 'postgres' and query_start is not null;
create or replace view pg_catalog.svv_transactions as
  select a.usename::text as txn_owner, a.datname::text as txn_db, a.backend_xid::text::bigint as xid, l.pid,
    a.xact_start::timestamp as txn_start, l.mode as lock_mode,
    case l.locktype when 'relation' then 'relation' else 'transactionid' end as lockable_object_type,
    l.relation::int as relation, l.granted
  from pg_locks l join pg_stat_activity a on a.pid = l.pid
  where l.locktype in ('relation', 'transactionid') and a.backend_type = 'client backend' and a.usename <> 'postgres';
create or replace view pg_catalog.stv_locks as
  select l.relation::int as table_id, null::timestamp as last_commit, null::timestamp as last_update,
    a.backend_xid::text::bigint as lock_owner, l.pid as lock_owner_pid, a.xact_start::timestamp as lock_owner_start_ts,
    null::timestamp as lock_owner_end_ts,
    case when l.granted then 'Holding write lock' else 'Waiting for write lock' end::char(22) as lock_status
  from pg_locks l join pg_stat_activity a on a.pid = l.pid
  where l.locktype = 'relation' and l.mode in ('ShareRowExclusiveLock', 'AccessExclusiveLock')
    and a.backend_type = 'client backend' and a.usename <> 'postgres';
create or replace view pg_catalog.stv_db_isolation_level as
  select current_database()::char(128) as db_name,
    case current_setting('redshift.database_isolation') when 'SERIALIZABLE' then 'Serializable' else 'Snapshot Isolation' end
      ::char(20) as isolation_level;

grant select on pg_catalog.svv_tables, pg_catalog.svv_columns, pg_catalog.svv_external_schemas,
  pg_catalog.svv_external_tables, pg_catalog.svv_external_columns, pg_catalog.svv_redshift_databases,
  pg_catalog.svv_all_tables, pg_catalog.svv_all_columns, pg_catalog.pg_proc_info, pg_catalog.pg_table_def,
  pg_catalog.svv_table_info, pg_catalog.stv_slices, pg_catalog.stv_sessions, pg_catalog.stv_recents,
  pg_catalog.svv_transactions, pg_catalog.stv_locks, pg_catalog.stv_db_isolation_level, redshift.relations to public;
