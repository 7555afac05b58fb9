-- The settings of new sessions: Redshift's defaults for those that only it has, and its way with strings, which is
-- PostgreSQL 8.0's: a backslash escapes. Source: "Configuration reference" of the Redshift Database Developer Guide.
do $$
declare
  setting text;
begin
  foreach setting in array array[
    'standard_conforming_strings = off', 'escape_string_warning = off',
    'redshift.analyze_threshold_percent = 10', 'redshift.cast_super_null_on_error = on',
    'redshift.datashare_break_glass_session_var = ''''', 'redshift.default_geometry_encoding = 1',
    'redshift.describe_field_name_in_uppercase = off', 'redshift.downcase_delimited_identifier = on',
    'redshift.enable_case_sensitive_identifier = off', 'redshift.enable_case_sensitive_super_attribute = off',
    'redshift.enable_numeric_rounding = on', 'redshift.enable_result_cache_for_session = on',
    'redshift.enable_vacuum_boost = off', 'redshift.error_on_nondeterministic_update = off',
    'redshift.json_serialization_enable = off', 'redshift.json_serialization_parse_nested_strings = off',
    'redshift.max_concurrency_scaling_clusters = 1', 'redshift.max_cursor_result_set_size = 0',
    'redshift.mv_enable_aqmv_for_session = on', 'redshift.navigate_super_null_on_error = on',
    'redshift.parse_super_null_on_error = off', 'redshift.query_group = unset',
    'redshift.spectrum_enable_pseudo_columns = on', 'redshift.stored_proc_log_min_messages = log',
    'redshift.use_fips_ssl = off', 'redshift.wlm_json_configuration = ''''', 'redshift.wlm_query_slot_count = 1']
  loop
    execute format('alter database %I set %s', current_database(), setting);
  end loop;
end $$;
