-- Members are found by the beginning of the name that they publish.
create index profiles_by_name on app.profiles (lower(display_name) text_pattern_ops);
