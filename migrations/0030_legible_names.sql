-- Old names are cleaned first. The constraints are `not valid` only because checking every row would lock the tables; rows
-- that change later are checked. A visit type's name is left alone: cleaned, it might be another's, and every change sends it.
update accounts
set name = case
  when name ~ '[^\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]' then btrim(normalize(regexp_replace(name, '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]', '', 'g')))
  else 'No name ' || id
end
where name <> ''
and (name ~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]' or name !~ '[^\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]' or name is not nfc normalized);
--> statement-breakpoint
update api_keys
set name = case
  when name ~ '[^\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]' then btrim(normalize(regexp_replace(name, '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]', '', 'g')))
  else 'No name ' || id
end
where (name ~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]' or name !~ '[^\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]' or name is not nfc normalized);
--> statement-breakpoint
update doctors
set name = case
  when name ~ '[^\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]' then btrim(normalize(regexp_replace(name, '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]', '', 'g')))
  else 'No name ' || id
end
where (name ~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]' or name !~ '[^\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]' or name is not nfc normalized);
--> statement-breakpoint
update locations
set name = case
  when name ~ '[^\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]' then btrim(normalize(regexp_replace(name, '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]', '', 'g')))
  else 'No name ' || id
end
where (name ~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]' or name !~ '[^\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]' or name is not nfc normalized);
--> statement-breakpoint
update patients
set name = case
  when name ~ '[^\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]' then btrim(normalize(regexp_replace(name, '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]', '', 'g')))
  else 'No name ' || id
end
where (name ~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]' or name !~ '[^\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]' or name is not nfc normalized);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_name_is_legible" CHECK ("accounts"."name" = '' or "accounts"."name" !~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]' and "accounts"."name" ~ '[^\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]') NOT VALID;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_name_is_legible" CHECK ("api_keys"."name" !~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]' and "api_keys"."name" ~ '[^\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]') NOT VALID;--> statement-breakpoint
ALTER TABLE "doctors" ADD CONSTRAINT "doctors_name_is_legible" CHECK ("doctors"."name" !~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]' and "doctors"."name" ~ '[^\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]') NOT VALID;--> statement-breakpoint
ALTER TABLE "locations" ADD CONSTRAINT "locations_name_is_legible" CHECK ("locations"."name" !~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]' and "locations"."name" ~ '[^\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]') NOT VALID;--> statement-breakpoint
ALTER TABLE "patients" ADD CONSTRAINT "patients_name_is_legible" CHECK ("patients"."name" !~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]' and "patients"."name" ~ '[^\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]') NOT VALID;--> statement-breakpoint
ALTER TABLE "visit_types" ADD CONSTRAINT "visit_types_name_is_legible" CHECK ("visit_types"."name" !~ '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\U000E0000-\U000E00FF]' and "visit_types"."name" ~ '[^\u0020\u00A0\u1680\u2000-\u200D\u202F\u205F\u3000\uFE00-\uFE0F]') NOT VALID;