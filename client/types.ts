// Made by `npm run openapi`.
export interface paths {
    "/slots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Finds the first free times of any doctor
         * @description In order of start; at the same start, who has least to do on that day comes first.
         */
        get: operations["searchSlots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/doctors/{id}/slots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists all free times of one doctor */
        get: operations["listDoctorSlots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists appointments by their start
         * @description One’s own, and all to the front desk; a doctor sees theirs. From 30 days ago on, unless told otherwise. Holds are listed only with `status=pending`. For a patient, the front desk, a doctor, an admin.
         */
        get: operations["listAppointments"];
        put?: never;
        /**
         * Books a free time, or what is held
         * @description PostgreSQL refuses whatever overlaps another appointment of the doctor or of the patient. A refusal that another time may overcome says in `next_free_start_at` where so long a visit fits later that day. For a patient, the front desk, an admin.
         */
        post: operations["bookAppointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows one appointment
         * @description For a patient, the front desk, a doctor, an admin.
         */
        get: operations["getAppointment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Moves an appointment to another time or doctor
         * @description It keeps its id, and is either moved or stays. Its length stays, unless `end_at` is given. For a patient, the front desk, an admin.
         */
        patch: operations["rescheduleAppointment"];
        trace?: never;
    };
    "/walk-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Books somebody who is there, and checks them in
         * @description Without `start_at` it begins at the present minute. For the front desk, an admin.
         */
        post: operations["takeWalkIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Holds what could be booked
         * @description A patient holds two slots at most. Book it with `bookAppointment` and its id as `hold_id`. Holding again what one holds is the same hold. For a patient, the front desk, an admin.
         */
        post: operations["holdSlot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows a hold
         * @description For a patient, the front desk, an admin.
         */
        get: operations["getHold"];
        put?: never;
        post?: never;
        /**
         * Gives a hold up
         * @description For a patient, the front desk, an admin.
         */
        delete: operations["releaseHold"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds/{id}/extension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Holds it ten minutes longer, once
         * @description For a patient, the front desk, an admin.
         */
        post: operations["extendHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancels an appointment
         * @description A patient in time, and the front desk always, with a reason. Cancelled again it is the same. For a patient, the front desk, an admin.
         */
        post: operations["cancelAppointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{id}/arrival": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Notes that the patient is there
         * @description What is so already is answered as it is. For the front desk, a doctor, an admin.
         */
        post: operations["checkIn"];
        /**
         * Takes that back
         * @description What is so already is answered as it is. For the front desk, a doctor, an admin.
         */
        delete: operations["undoCheckIn"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{id}/completion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Notes that the visit is over
         * @description What is so already is answered as it is. For the front desk, a doctor, an admin.
         */
        post: operations["completeAppointment"];
        /**
         * Takes that back
         * @description What is so already is answered as it is. For the front desk, a doctor, an admin.
         */
        delete: operations["undoCompletion"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{id}/no-show": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Notes that the patient did not come
         * @description What is so already is answered as it is. For the front desk, a doctor, an admin.
         */
        post: operations["markNoShow"];
        /**
         * Takes that back
         * @description What is so already is answered as it is. For the front desk, a doctor, an admin.
         */
        delete: operations["undoNoShow"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists what happened to an appointment
         * @description From first to last: who, when, why, and what it was before and after. For the front desk, a doctor, an admin.
         */
        get: operations["listAppointmentEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/doctors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists doctors by name */
        get: operations["listDoctors"];
        put?: never;
        /**
         * Makes a doctor known
         * @description Without weekly hours they see nobody yet, and without visit types nobody books them online. For an admin.
         */
        post: operations["hireDoctor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/doctors/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Shows one doctor */
        get: operations["getDoctor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes what is said of a doctor
         * @description What is left out stays, and what is booked stays booked. For an admin.
         */
        patch: operations["changeDoctor"];
        trace?: never;
    };
    "/doctors/{id}/weekly-hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists all weekly hours of a doctor
         * @description Past ones and those to come as well.
         */
        get: operations["getWeeklyHours"];
        /**
         * Sets all weekly hours of a doctor at once
         * @description Either all of the new ones hold, or all of the old. What is booked stays booked. For an admin.
         */
        put: operations["setWeeklyHours"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/doctors/{id}/visit-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Sets all that a doctor offers at once
         * @description For an admin.
         */
        put: operations["offerVisitTypes"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/doctors/{id}/time-off": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists a doctor’s time off
         * @description Whatever is not over, by its end. For the front desk, a doctor, an admin.
         */
        get: operations["listTimeOff"];
        put?: never;
        /**
         * Enters a doctor’s time off
         * @description Entered again it is the same. What is booked stays booked, and is named. For the front desk, a doctor, an admin.
         */
        post: operations["takeTimeOff"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/doctors/{id}/time-off/{absenceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes a doctor’s time off back
         * @description For the front desk, a doctor, an admin.
         */
        delete: operations["withdrawTimeOff"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/locations/{id}/closures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists a location’s closure
         * @description Whatever is not over, by its end. For the front desk, an admin.
         */
        get: operations["listClosures"];
        put?: never;
        /**
         * Enters a location’s closure
         * @description Entered again it is the same. What is booked stays booked, and is named. For the front desk, an admin.
         */
        post: operations["closeLocation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/locations/{id}/closures/{absenceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes a location’s closure back
         * @description For the front desk, an admin.
         */
        delete: operations["reopenLocation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/locations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists all locations by name */
        get: operations["listLocations"];
        put?: never;
        /**
         * Opens a location
         * @description For an admin.
         */
        post: operations["openLocation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visit-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists visit types by name
         * @description What may be booked online, and to the front desk all.
         */
        get: operations["listVisitTypes"];
        put?: never;
        /**
         * Defines a visit type
         * @description What is left out has no effect. A name belongs to one visit type. For an admin.
         */
        post: operations["defineVisitType"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visit-types/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Defines a visit type anew
         * @description The whole of it: what is left out has no effect from now on. What is booked keeps its length. For an admin.
         */
        put: operations["redefineVisitType"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists patients in the order in which they were registered
         * @description The front desk sees all, a patient those they act for, and a doctor those with whom they have or had an appointment. For a patient, the front desk, a doctor, an admin.
         */
        get: operations["listPatients"];
        put?: never;
        /**
         * Registers a patient
         * @description The front desk anyone, and a patient a dependant of their own. For a patient, the front desk, an admin.
         */
        post: operations["registerPatient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Shows one patient
         * @description Whom one does not see in the list is not there. For a patient, the front desk, a doctor, an admin.
         */
        get: operations["getPatient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists accounts, oldest first
         * @description For an admin.
         */
        get: operations["listAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Gives an account another role
         * @description Signs it out everywhere and ends its keys of another role. Nobody changes their own, so that the last admin stays one. For an admin.
         */
        patch: operations["changeRole"];
        trace?: never;
    };
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists API keys, oldest first
         * @description For an admin.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Makes an API key
         * @description It never has more rights than its owner. An owner lends their own role, and an admin also that of the front desk. For an admin.
         */
        post: operations["issueApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Ends a key for good
         * @description It may still be believed for a minute where it was just used. For an admin.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tells what fails, what is slow and what is large
         * @description From live data. `/admin/health` shows the same. For an admin.
         */
        get: operations["readHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A time off of a doctor, or a closure of a location */
        Absence: {
            id: number;
            /**
             * Format: date-time
             * @description In UTC
             */
            start_at: string;
            /**
             * Format: date-time
             * @description In UTC
             */
            end_at: string;
            /** @description On the wall clock of the location */
            start_local: string;
            /** @description On the wall clock of the location */
            end_local: string;
            /** @description The IANA time zone of the location */
            time_zone: string;
            /** @description For the clinic’s own people */
            reason: string | null;
            /** @description Appointments that are booked for that time, and stay booked: somebody has to call */
            appointment_ids: number[];
        };
        /** @description What signs in */
        Account: {
            id: number;
            email: string;
            name: string;
            /** @enum {string} */
            role: "patient" | "front_desk" | "doctor" | "admin";
            /** @description Who they are, when the role is `doctor` */
            doctor_id: number | null;
        };
        /** @description A bearer key of another system, without the key itself */
        ApiKey: {
            id: number;
            name: string;
            owner_id: number;
            /** @enum {string} */
            role: "patient" | "front_desk" | "doctor" | "admin";
            scopes: ("appointments:read" | "appointments:write" | "clinic:manage")[];
            last_used_at: string | null;
            expires_at: string | null;
            revoked_at: string | null;
        };
        /** @description The agreed meeting of a patient and a doctor */
        Appointment: {
            id: number;
            doctor_id: number;
            /** @description Null of a hold for which nobody is named yet */
            patient_id: number | null;
            /** @description Null when the front desk booked a length that is no visit type’s */
            visit_type_id: number | null;
            location_id: number;
            /**
             * @description As in FHIR R4; `pending` is a hold
             * @enum {string}
             */
            status: "pending" | "booked" | "arrived" | "fulfilled" | "cancelled" | "noshow";
            /**
             * Format: date-time
             * @description In UTC
             */
            start_at: string;
            /**
             * Format: date-time
             * @description In UTC
             */
            end_at: string;
            /** @description On the wall clock of the location */
            start_local: string;
            /** @description On the wall clock of the location */
            end_local: string;
            /** @description The IANA time zone of the location */
            time_zone: string;
            /** @description What the patient says it is about */
            reason_for_visit: string | null;
            /** @description Why it lies outside the doctor’s hours; only the clinic’s own people see it */
            override_reason?: string | null;
        };
        /** @description What happened to an appointment; never changed afterwards */
        AppointmentEvent: {
            /** @description From 1 on, without a gap */
            number: number;
            /** @enum {string} */
            kind: "appointment.held" | "appointment.extended" | "appointment.released" | "appointment.booked" | "appointment.walked_in" | "appointment.rescheduled" | "appointment.cancelled" | "appointment.arrived" | "appointment.fulfilled" | "appointment.missed" | "appointment.reopened";
            /**
             * Format: date-time
             * @description In UTC
             */
            at: string;
            /** @description The role in which it was done */
            actor: string;
            account_id: number | null;
            api_key_id: number | null;
            /** @description The `X-Request-Id` of the answer */
            request_id: string | null;
            reason: string | null;
            /** @description What the appointment was; null before it was */
            before: Record<string, never> | null;
            /** @description What it became */
            after: Record<string, never>;
        };
        /** @description What is held: the hold says the rest */
        BookingOfHold: {
            hold_id: components["schemas"]["Id"];
            patient_id?: components["schemas"]["Id"];
            /** @description One line of 1 to 500 characters; spaces around it are dropped */
            reason_for_visit?: string;
        };
        /** @description A free time. Name a `visit_type_id`, or as the front desk an `end_at` */
        BookingOfSlot: {
            doctor_id?: components["schemas"]["Id"];
            location_id?: components["schemas"]["Id"];
            /** @description One line of 1 to 100 characters; spaces around it are dropped */
            specialty?: string;
            patient_id?: components["schemas"]["Id"];
            visit_type_id?: components["schemas"]["Id"];
            start_at: components["schemas"]["Instant"];
            end_at?: components["schemas"]["Instant"];
            /** @description One line of 1 to 500 characters; spaces around it are dropped */
            override_reason?: string;
            /** @description One line of 1 to 500 characters; spaces around it are dropped */
            reason_for_visit?: string;
        };
        /**
         * Format: date
         * @description A date of the years 1900 to 2999
         * @example 2026-11-23
         */
        CalendarDate: string;
        /** @description A doctor as they are offered */
        Doctor: {
            id: number;
            name: string;
            specialty: string;
            /** @description Starts are on multiples of it from midnight */
            grid_minutes: number;
            location: {
                id: number;
                name: string;
                /** @description The IANA time zone of the location */
                time_zone: string;
            };
            /** @description Those in force today */
            weekly_hours: {
                /** @description ISO: 1 is Monday */
                weekday: number;
                /** @description On the wall clock of the location; 24:00 ends the day */
                opens_at: string;
                /** @description On the wall clock of the location; 24:00 ends the day */
                closes_at: string;
            }[];
            visit_types: {
                id: number;
                name: string;
                /** @enum {string} */
                mode: "in_person" | "phone" | "video";
                minutes: number;
            }[];
        };
        /**
         * @description An e-mail address; kept in lower case, without the spaces around it
         * @example zero@example.com
         */
        Email: string;
        /**
         * @description Appointments start on multiples of it from midnight
         * @enum {integer}
         */
        GridMinutes: 5 | 10 | 15 | 20 | 30 | 40 | 45 | 60 | 80 | 90 | 120 | 160 | 180 | 240 | 360 | 480 | 720;
        /** @description How the clinic is */
        Health: {
            /**
             * Format: date-time
             * @description In UTC
             */
            at: string;
            /** @enum {string} */
            environment: "local" | "staging" | "production";
            /** @description The commit that is deployed */
            release: string;
            postgres: string;
            /** @description The time-zone rules that PostgreSQL applies */
            tzdata: string;
            migration: {
                /** @description That ran; null when this release does not know it */
                last: string | null;
                /** @description The last that this release comes with */
                expected: string;
            };
            /** @description Every wish to hold, book, move, cancel or otherwise change one */
            appointments: {
                done: {
                    /**
                     * @description The API, or the pages
                     * @enum {string}
                     */
                    door: "api" | "web";
                    /** @description In the last 60 to 65 minutes */
                    last_hour: number;
                    /** @description In the last 24 hours */
                    last_day: number;
                }[];
                failed_by_door: {
                    /**
                     * @description The API, or the pages
                     * @enum {string}
                     */
                    door: "api" | "web";
                    /** @description In the last 60 to 65 minutes */
                    last_hour: number;
                    /** @description In the last 24 hours */
                    last_day: number;
                }[];
                failed_by_code: {
                    /** @description Of a refusal */
                    code: string;
                    /** @description In the last 60 to 65 minutes */
                    last_hour: number;
                    /** @description In the last 24 hours */
                    last_day: number;
                }[];
                /** @description The five with most; null is where no doctor was named */
                failed_by_doctor: {
                    doctor_id: number | null;
                    name: string | null;
                    /** @description In the last 60 to 65 minutes */
                    last_hour: number;
                    /** @description In the last 24 hours */
                    last_day: number;
                }[];
                /** @description Of the last 24 hours that have begun */
                failed_by_hour: {
                    /**
                     * Format: date-time
                     * @description The start of the hour
                     */
                    at: string;
                    failures: number;
                }[];
            };
            slowest_statements: {
                /** @description Of `pg_stat_statements`; null when it tells */
                unknown_because: ("not_installed" | "not_loaded" | "not_permitted") | null;
                /** @description By their mean, the slowest first */
                statements: {
                    text: string;
                    calls: number;
                    /** @description In milliseconds */
                    mean_ms: number;
                    /** @description In milliseconds */
                    longest_ms: number;
                    /** @description In milliseconds */
                    total_ms: number;
                }[];
            };
            tables: {
                name: string;
                /** @description About */
                rows: number;
                bytes: number;
                index_bytes: number;
            }[];
            indexes: {
                name: string;
                table: string;
                bytes: number;
                scans: number;
                /** @description Never read, and no constraint needs it */
                is_unused: boolean;
            }[];
            /** @description Null when since ever */
            indexes_watched_since: string | null;
        };
        /** @description A doctor who has neither hours nor visit types yet */
        HiredDoctor: {
            id: number;
            name: string;
            location_id: number;
            specialty: string;
            grid_minutes: number;
        };
        /** @description A slot that is kept for ten minutes; booked, it keeps its id */
        Hold: {
            id: number;
            doctor_id: number;
            /** @description Null of a hold for which nobody is named yet */
            patient_id: number | null;
            /** @description Null when the front desk booked a length that is no visit type’s */
            visit_type_id: number | null;
            location_id: number;
            /**
             * @description As in FHIR R4; `pending` is a hold
             * @enum {string}
             */
            status: "pending" | "booked" | "arrived" | "fulfilled" | "cancelled" | "noshow";
            /**
             * Format: date-time
             * @description In UTC
             */
            start_at: string;
            /**
             * Format: date-time
             * @description In UTC
             */
            end_at: string;
            /** @description On the wall clock of the location */
            start_local: string;
            /** @description On the wall clock of the location */
            end_local: string;
            /** @description The IANA time zone of the location */
            time_zone: string;
            /** @description Until then the slot is kept; null once it is booked */
            expires_at: string | null;
        };
        /**
         * @description A whole number, or a string of its digits
         * @example 7
         * @example 7
         */
        Id: number | string;
        /**
         * @description A date and time of the years 1900 to 2999 with its offset from UTC (RFC 3339); seconds may be left out
         * @example 2026-11-23T09:00:00+07:00
         * @example 2026-11-23T02:00Z
         */
        Instant: string;
        /** @description A key that was just made */
        IssuedApiKey: {
            id: number;
            name: string;
            owner_id: number;
            /** @enum {string} */
            role: "patient" | "front_desk" | "doctor" | "admin";
            scopes: ("appointments:read" | "appointments:write" | "clinic:manage")[];
            last_used_at: string | null;
            expires_at: string | null;
            revoked_at: string | null;
            /** @description For `Authorization: Bearer`; shown this once */
            key: string;
        };
        /** @description Where doctors work */
        Location: {
            id: number;
            name: string;
            /** @description The IANA time zone of the location */
            time_zone: string;
            address: string | null;
            phone: string | null;
        };
        /** @description Whom appointments are for */
        Patient: {
            id: number;
            name: string;
        };
        /** @description Why the answer is no */
        Problem: {
            /** @description The address that explains the code */
            type: string;
            title: string;
            status: number;
            /** @description What to do next */
            detail: string;
            /**
             * @description Stable: decide on this
             * @enum {string}
             */
            code: "slot_taken" | "patient_busy" | "outside_hours" | "off_grid" | "short_notice" | "beyond_horizon" | "day_full" | "not_offered" | "in_the_past" | "too_late" | "not_yet" | "not_today" | "wrong_status" | "stale" | "too_many_holds" | "hold_expired" | "already_extended" | "not_your_patient" | "invalid" | "not_signed_in" | "unknown_key" | "forbidden" | "malformed_json" | "malformed_key" | "key_reused" | "still_running" | "precondition_required" | "no_version" | "not_found" | "method_not_allowed" | "not_acceptable" | "too_large" | "unsupported_media_type" | "too_many_requests" | "unavailable" | "internal";
            /** @description Of `invalid`: everything that is wrong */
            errors?: {
                /** @description Into the body: a JSON pointer */
                pointer?: string;
                /** @description Of the address */
                parameter?: string;
                detail: string;
            }[];
            /** @description Where so long a visit fits later that day; null when the rest of it has none */
            next_free_start_at?: string | null;
            /**
             * @description Of a change that is refused: what it is now
             * @enum {string}
             */
            appointment_status?: "pending" | "booked" | "arrived" | "fulfilled" | "cancelled" | "noshow";
        };
        /** @description A start that could be booked just now */
        Slot: {
            /**
             * Format: date-time
             * @description In UTC
             */
            start_at: string;
            /**
             * Format: date-time
             * @description In UTC
             */
            end_at: string;
            /** @description On the wall clock of the location */
            start_local: string;
            /** @description On the wall clock of the location */
            end_local: string;
            /** @description The IANA time zone of the location */
            time_zone: string;
            visit_type_id: number;
            doctor_id: number;
            doctor_name: string;
            location_id: number;
            location_name: string;
        };
        /** @description A kind of appointment, and the rules for booking it */
        VisitType: {
            id: number;
            name: string;
            /** @enum {string} */
            mode: "in_person" | "phone" | "video";
            minutes: number;
            /** @description What the doctor needs before */
            buffer_before_minutes: number;
            /** @description What the doctor needs after */
            buffer_after_minutes: number;
            /** @description The start is at least so far away */
            notice_minutes: number;
            /** @description Until so long before the start a patient may cancel or move it */
            cancellation_notice_minutes: number;
            /** @description The start is at most so many days ahead */
            horizon_days: number;
            /** @description At most so many of one doctor on one day; null is without limit */
            daily_cap: number | null;
            /** @description Otherwise only the front desk books it */
            bookable_online: boolean;
        };
        /**
         * @description A date and time on the wall clock of the location, without offset, to the minute
         * @example 2026-12-24T12:00
         */
        WallClock: string;
        /** @description One range of one weekday, its end excluded */
        WeeklyHours: {
            /** @description ISO: 1 is Monday */
            weekday: number;
            /** @description On the wall clock of the location; 24:00 ends the day */
            opens_at: string;
            /** @description On the wall clock of the location; 24:00 ends the day */
            closes_at: string;
            /** @description The first day on which it holds; null or absent is without limit */
            starts_on?: string | null;
            /** @description The last day on which it holds; null or absent is without limit */
            ends_on?: string | null;
        };
    };
    responses: {
        /** @description `not_offered`: No such visit can be booked there. `invalid`: Values are missing or wrong. */
        "not_offered.invalid": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_offered" | "invalid";
                };
            };
        };
        /** @description `unknown_key`: The key is unknown, expired or revoked. */
        unknown_key: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "unknown_key";
                };
            };
        };
        /** @description `not_acceptable`: The API speaks JSON only. */
        not_acceptable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_acceptable";
                };
            };
        };
        /** @description `too_many_requests`: Too many requests. */
        too_many_requests: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                RateLimit: components["headers"]["RateLimit"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "too_many_requests";
                };
            };
        };
        /** @description `unavailable`: The clinic cannot be reached just now. */
        unavailable: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "unavailable";
                };
            };
        };
        /** @description `internal`: Something went wrong on our side. */
        internal: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "internal";
                };
            };
        };
        /** @description `not_found`: Not found. */
        not_found: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_found";
                };
            };
        };
        /** @description `invalid`: Values are missing or wrong. */
        invalid: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid";
                };
            };
        };
        /** @description `not_signed_in`: Nobody is signed in. `unknown_key`: The key is unknown, expired or revoked. */
        "not_signed_in.unknown_key": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_signed_in" | "unknown_key";
                };
            };
        };
        /** @description `forbidden`: The key may not do that. */
        forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "forbidden";
                };
            };
        };
        /** @description `slot_taken`: The doctor has another appointment at that time. `patient_busy`: The patient has another appointment at that time. `wrong_status`: The status of the appointment does not allow that. `hold_expired`: The hold has expired. `still_running`: The first request with this Idempotency-Key is not done yet. */
        "slot_taken.patient_busy.wrong_status.hold_expired.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "slot_taken" | "patient_busy" | "wrong_status" | "hold_expired" | "still_running";
                };
            };
        };
        /** @description `outside_hours`: The time is outside the doctor's hours. `off_grid`: Appointments do not start at that time. `short_notice`: The visit needs more notice. `beyond_horizon`: The visit cannot be booked so far ahead yet. `day_full`: The doctor has no more visits of this type on that day. `not_offered`: No such visit can be booked there. `in_the_past`: The time has passed. `invalid`: Values are missing or wrong. `key_reused`: The Idempotency-Key was used for another request. */
        "outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.in_the_past.invalid.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "outside_hours" | "off_grid" | "short_notice" | "beyond_horizon" | "day_full" | "not_offered" | "in_the_past" | "invalid" | "key_reused";
                };
            };
        };
        /** @description `not_your_patient`: You may not act for that patient. `forbidden`: The key may not do that. */
        "not_your_patient.forbidden": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_your_patient" | "forbidden";
                };
            };
        };
        /** @description `malformed_json`: The body is not JSON. `malformed_key`: The Idempotency-Key cannot be read. */
        "malformed_json.malformed_key": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "malformed_json" | "malformed_key";
                };
            };
        };
        /** @description `no_version`: Only an appointment has a version to compare. */
        no_version: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "no_version";
                };
            };
        };
        /** @description `too_large`: The body is too large. */
        too_large: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "too_large";
                };
            };
        };
        /** @description `unsupported_media_type`: The body must be JSON. */
        unsupported_media_type: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "unsupported_media_type";
                };
            };
        };
        /** @description `slot_taken`: The doctor has another appointment at that time. `patient_busy`: The patient has another appointment at that time. `wrong_status`: The status of the appointment does not allow that. `still_running`: The first request with this Idempotency-Key is not done yet. */
        "slot_taken.patient_busy.wrong_status.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "slot_taken" | "patient_busy" | "wrong_status" | "still_running";
                };
            };
        };
        /** @description `outside_hours`: The time is outside the doctor's hours. `off_grid`: Appointments do not start at that time. `short_notice`: The visit needs more notice. `beyond_horizon`: The visit cannot be booked so far ahead yet. `day_full`: The doctor has no more visits of this type on that day. `not_offered`: No such visit can be booked there. `in_the_past`: The time has passed. `too_late`: It is too late for that. `invalid`: Values are missing or wrong. `key_reused`: The Idempotency-Key was used for another request. */
        "outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.in_the_past.too_late.invalid.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "outside_hours" | "off_grid" | "short_notice" | "beyond_horizon" | "day_full" | "not_offered" | "in_the_past" | "too_late" | "invalid" | "key_reused";
                };
            };
        };
        /** @description `stale`: The appointment has changed since you looked. */
        stale: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "stale";
                };
            };
        };
        /** @description `precondition_required`: Say which state of the appointment you looked at. */
        precondition_required: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "precondition_required";
                };
            };
        };
        /** @description `slot_taken`: The doctor has another appointment at that time. `patient_busy`: The patient has another appointment at that time. `still_running`: The first request with this Idempotency-Key is not done yet. */
        "slot_taken.patient_busy.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "slot_taken" | "patient_busy" | "still_running";
                };
            };
        };
        /** @description `outside_hours`: The time is outside the doctor's hours. `off_grid`: Appointments do not start at that time. `short_notice`: The visit needs more notice. `beyond_horizon`: The visit cannot be booked so far ahead yet. `day_full`: The doctor has no more visits of this type on that day. `not_offered`: No such visit can be booked there. `in_the_past`: The time has passed. `not_today`: That can be done on one day only. `invalid`: Values are missing or wrong. `key_reused`: The Idempotency-Key was used for another request. */
        "outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.in_the_past.not_today.invalid.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "outside_hours" | "off_grid" | "short_notice" | "beyond_horizon" | "day_full" | "not_offered" | "in_the_past" | "not_today" | "invalid" | "key_reused";
                };
            };
        };
        /** @description `slot_taken`: The doctor has another appointment at that time. `patient_busy`: The patient has another appointment at that time. `too_many_holds`: The patient holds two slots already. `still_running`: The first request with this Idempotency-Key is not done yet. */
        "slot_taken.patient_busy.too_many_holds.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "slot_taken" | "patient_busy" | "too_many_holds" | "still_running";
                };
            };
        };
        /** @description `wrong_status`: The status of the appointment does not allow that. `still_running`: The first request with this Idempotency-Key is not done yet. */
        "wrong_status.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "wrong_status" | "still_running";
                };
            };
        };
        /** @description `stale`: The appointment has changed since you looked. `no_version`: Only an appointment has a version to compare. */
        "stale.no_version": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "stale" | "no_version";
                };
            };
        };
        /** @description `malformed_key`: The Idempotency-Key cannot be read. */
        malformed_key: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "malformed_key";
                };
            };
        };
        /** @description `key_reused`: The Idempotency-Key was used for another request. */
        key_reused: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "key_reused";
                };
            };
        };
        /** @description `wrong_status`: The status of the appointment does not allow that. `hold_expired`: The hold has expired. `already_extended`: The hold has been extended already. `still_running`: The first request with this Idempotency-Key is not done yet. */
        "wrong_status.hold_expired.already_extended.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "wrong_status" | "hold_expired" | "already_extended" | "still_running";
                };
            };
        };
        /** @description `too_late`: It is too late for that. `invalid`: Values are missing or wrong. `key_reused`: The Idempotency-Key was used for another request. */
        "too_late.invalid.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "too_late" | "invalid" | "key_reused";
                };
            };
        };
        /** @description `not_today`: That can be done on one day only. `key_reused`: The Idempotency-Key was used for another request. */
        "not_today.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_today" | "key_reused";
                };
            };
        };
        /** @description `not_yet`: The appointment has not begun. `key_reused`: The Idempotency-Key was used for another request. */
        "not_yet.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_yet" | "key_reused";
                };
            };
        };
        /** @description `invalid`: Values are missing or wrong. `key_reused`: The Idempotency-Key was used for another request. */
        "invalid.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "invalid" | "key_reused";
                };
            };
        };
        /** @description `still_running`: The first request with this Idempotency-Key is not done yet. */
        still_running: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "still_running";
                };
            };
        };
        /** @description It is what you have */
        NotModified: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content?: never;
        };
    };
    parameters: {
        /**
         * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
         * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
         */
        "Idempotency-Key": string;
        /**
         * @description The `ETag` of what you have: if it is still the same, the answer is 304 without a body
         * @example "3"
         */
        "If-None-Match": string;
        /**
         * @description The `ETag` of the state you have seen, or `*` for any (RFC 9110, 13.1.1)
         * @example "3"
         */
        "If-Match": string;
        /**
         * @description The `ETag` of the state you have seen, or `*` for any (RFC 9110, 13.1.1)
         * @example "3"
         */
        "Required-If-Match": string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description Names this answer in our log
         * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
         */
        "X-Request-Id": string;
        /**
         * @description The state it is in: of an appointment for `If-Match`, of all for `If-None-Match`
         * @example "3"
         */
        ETag: string;
        /**
         * @description Where it is from now on
         * @example /api/v1/appointments/42
         */
        Location: string;
        /**
         * @description How many requests a minute the limit allows (draft-ietf-httpapi-ratelimit-headers)
         * @example "read";q=300;w=60
         */
        "RateLimit-Policy": string;
        /**
         * @description What is left of it: nothing
         * @example "read";r=0;t=60
         */
        RateLimit: string;
        /**
         * @description The next page; absent on the last (RFC 8288)
         * @example </api/v1/slots?visit_type_id=1&cursor=W10.c2lnbmVk>; rel="next"
         */
        Link: string;
        /**
         * @description After so many seconds it may be sent again
         * @example 5
         */
        "Retry-After": number;
        /**
         * @description How to sign in (RFC 6750)
         * @example Bearer realm="AloBooking"
         */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    searchSlots: {
        parameters: {
            query: {
                visit_type_id: components["schemas"]["Id"];
                specialty?: string;
                location_id?: components["schemas"]["Id"];
                doctor_id?: components["schemas"]["Id"];
                /** @description The first day, on the clock of the location; today, unless told */
                from?: components["schemas"]["CalendarDate"];
                /** @description The last day; 30 days after `from` unless told, and at most 61 */
                to?: components["schemas"]["CalendarDate"];
                /** @description Before 12:00, from 12:00, or from 17:00 on */
                part_of_day?: "morning" | "afternoon" | "evening";
                /** @description How many a page has at most */
                limit?: number;
                /** @description Where the next page begins: out of the `Link` of the page before, and only for that address */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of free times */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "slots": [
                     *         {
                     *           "start_at": "2026-11-23T02:00:00.000Z",
                     *           "end_at": "2026-11-23T02:30:00.000Z",
                     *           "start_local": "2026-11-23T09:00",
                     *           "end_local": "2026-11-23T09:30",
                     *           "time_zone": "Asia/Jakarta",
                     *           "visit_type_id": 1,
                     *           "doctor_id": 7,
                     *           "doctor_name": "Dr. Strange",
                     *           "location_id": 2,
                     *           "location_name": "Menteng"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        slots: components["schemas"]["Slot"][];
                    };
                };
            };
            401: components["responses"]["unknown_key"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["not_offered.invalid"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listDoctorSlots: {
        parameters: {
            query: {
                visit_type_id: components["schemas"]["Id"];
                /** @description The first day, on the clock of the location; today, unless told */
                from?: components["schemas"]["CalendarDate"];
                /** @description The last day; 30 days after `from` unless told, and at most 61 */
                to?: components["schemas"]["CalendarDate"];
            };
            header?: never;
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The free times, from first to last */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "slots": [
                     *         {
                     *           "start_at": "2026-11-23T02:00:00.000Z",
                     *           "end_at": "2026-11-23T02:30:00.000Z",
                     *           "start_local": "2026-11-23T09:00",
                     *           "end_local": "2026-11-23T09:30",
                     *           "time_zone": "Asia/Jakarta",
                     *           "visit_type_id": 1,
                     *           "doctor_id": 7,
                     *           "doctor_name": "Dr. Strange",
                     *           "location_id": 2,
                     *           "location_name": "Menteng"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        slots: components["schemas"]["Slot"][];
                    };
                };
            };
            401: components["responses"]["unknown_key"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["not_offered.invalid"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listAppointments: {
        parameters: {
            query?: {
                doctor_id?: components["schemas"]["Id"];
                patient_id?: components["schemas"]["Id"];
                location_id?: components["schemas"]["Id"];
                status?: "pending" | "booked" | "arrived" | "fulfilled" | "cancelled" | "noshow";
                /** @description Those that start at this instant or later */
                from?: components["schemas"]["Instant"];
                /** @description Those that start before this instant */
                to?: components["schemas"]["Instant"];
                /** @description How many a page has at most */
                limit?: number;
                /** @description Where the next page begins: out of the `Link` of the page before, and only for that address */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of appointments */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "appointments": [
                     *         {
                     *           "id": 42,
                     *           "doctor_id": 7,
                     *           "patient_id": 3,
                     *           "visit_type_id": 1,
                     *           "location_id": 2,
                     *           "status": "booked",
                     *           "start_at": "2026-11-23T02:00:00.000Z",
                     *           "end_at": "2026-11-23T02:30:00.000Z",
                     *           "start_local": "2026-11-23T09:00",
                     *           "end_local": "2026-11-23T09:30",
                     *           "time_zone": "Asia/Jakarta",
                     *           "reason_for_visit": "A cough that stays"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        appointments: components["schemas"]["Appointment"][];
                    };
                };
            };
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["invalid"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    bookAppointment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "appointment": {
                 *         "visit_type_id": 1,
                 *         "doctor_id": 7,
                 *         "start_at": "2026-11-23T09:00:00+07:00"
                 *       }
                 *     }
                 */
                "application/json": {
                    appointment: components["schemas"]["BookingOfSlot"] | components["schemas"]["BookingOfHold"];
                };
            };
        };
        responses: {
            /** @description The appointment that was booked */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "appointment": {
                     *         "id": 42,
                     *         "doctor_id": 7,
                     *         "patient_id": 3,
                     *         "visit_type_id": 1,
                     *         "location_id": 2,
                     *         "status": "booked",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "reason_for_visit": "A cough that stays"
                     *       }
                     *     }
                     */
                    "application/json": {
                        appointment: components["schemas"]["Appointment"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["not_your_patient.forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["slot_taken.patient_busy.wrong_status.hold_expired.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.in_the_past.invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    getAppointment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of what you have: if it is still the same, the answer is 304 without a body
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The appointment */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "appointment": {
                     *         "id": 42,
                     *         "doctor_id": 7,
                     *         "patient_id": 3,
                     *         "visit_type_id": 1,
                     *         "location_id": 2,
                     *         "status": "booked",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "reason_for_visit": "A cough that stays"
                     *       }
                     *     }
                     */
                    "application/json": {
                        appointment: components["schemas"]["Appointment"];
                    };
                };
            };
            304: components["responses"]["NotModified"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    rescheduleAppointment: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of the state you have seen, or `*` for any (RFC 9110, 13.1.1)
                 * @example "3"
                 */
                "If-Match": components["parameters"]["Required-If-Match"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "appointment": {
                 *         "start_at": "2026-11-24T10:30:00+07:00"
                 *       }
                 *     }
                 */
                "application/json": {
                    appointment: {
                        /** @description Left out, the doctor stays */
                        doctor_id?: components["schemas"]["Id"];
                        start_at: components["schemas"]["Instant"];
                        end_at?: components["schemas"]["Instant"];
                        /** @description Why it may lie outside the hours; only for the front desk */
                        override_reason?: string;
                    };
                };
            };
        };
        responses: {
            /** @description The appointment as it now is */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "appointment": {
                     *         "id": 42,
                     *         "doctor_id": 7,
                     *         "patient_id": 3,
                     *         "visit_type_id": 1,
                     *         "location_id": 2,
                     *         "status": "booked",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "reason_for_visit": "A cough that stays"
                     *       }
                     *     }
                     */
                    "application/json": {
                        appointment: components["schemas"]["Appointment"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["slot_taken.patient_busy.wrong_status.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.in_the_past.too_late.invalid.key_reused"];
            428: components["responses"]["precondition_required"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    takeWalkIn: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "walk_in": {
                 *         "patient_id": 3,
                 *         "doctor_id": 7,
                 *         "visit_type_id": 1
                 *       }
                 *     }
                 */
                "application/json": {
                    walk_in: {
                        /** @description Left out, whoever offers the visit type and is free */
                        doctor_id?: components["schemas"]["Id"];
                        /** @description Any doctor who works there */
                        location_id?: components["schemas"]["Id"];
                        /** @description Any doctor of it */
                        specialty?: string;
                        /** @description A patient may leave it out, and means themselves */
                        patient_id?: components["schemas"]["Id"];
                        visit_type_id?: components["schemas"]["Id"];
                        start_at?: components["schemas"]["Instant"];
                        /** @description Left out, the visit type says how long it is */
                        end_at?: components["schemas"]["Instant"];
                        /** @description Why it may lie outside the hours; only for the front desk */
                        override_reason?: string;
                        /** @description What the patient says it is about */
                        reason_for_visit?: string;
                    };
                };
            };
        };
        responses: {
            /** @description The appointment that was booked */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "appointment": {
                     *         "id": 42,
                     *         "doctor_id": 7,
                     *         "patient_id": 3,
                     *         "visit_type_id": 1,
                     *         "location_id": 2,
                     *         "status": "arrived",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "reason_for_visit": "A cough that stays"
                     *       }
                     *     }
                     */
                    "application/json": {
                        appointment: components["schemas"]["Appointment"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["not_your_patient.forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["slot_taken.patient_busy.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.in_the_past.not_today.invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    holdSlot: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "hold": {
                 *         "visit_type_id": 1,
                 *         "doctor_id": 7,
                 *         "start_at": "2026-11-23T09:00:00+07:00"
                 *       }
                 *     }
                 */
                "application/json": {
                    hold: {
                        /** @description Left out, whoever offers the visit type and is free */
                        doctor_id?: components["schemas"]["Id"];
                        /** @description Any doctor who works there */
                        location_id?: components["schemas"]["Id"];
                        /** @description Any doctor of it */
                        specialty?: string;
                        /** @description The front desk may leave it out until it books */
                        patient_id?: components["schemas"]["Id"];
                        visit_type_id?: components["schemas"]["Id"];
                        start_at: components["schemas"]["Instant"];
                        /** @description Left out, the visit type says how long it is */
                        end_at?: components["schemas"]["Instant"];
                    };
                };
            };
        };
        responses: {
            /** @description The hold */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "hold": {
                     *         "id": 8,
                     *         "doctor_id": 7,
                     *         "patient_id": 3,
                     *         "visit_type_id": 1,
                     *         "location_id": 2,
                     *         "status": "pending",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "expires_at": "2026-11-22T08:10:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        hold: components["schemas"]["Hold"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["not_your_patient.forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["slot_taken.patient_busy.too_many_holds.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.in_the_past.invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    getHold: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of what you have: if it is still the same, the answer is 304 without a body
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hold */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "hold": {
                     *         "id": 8,
                     *         "doctor_id": 7,
                     *         "patient_id": 3,
                     *         "visit_type_id": 1,
                     *         "location_id": 2,
                     *         "status": "pending",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "expires_at": "2026-11-22T08:10:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        hold: components["schemas"]["Hold"];
                    };
                };
            };
            304: components["responses"]["NotModified"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    releaseHold: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is given up */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["wrong_status.still_running"];
            412: components["responses"]["stale.no_version"];
            413: components["responses"]["too_large"];
            422: components["responses"]["key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    extendHold: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The hold */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "hold": {
                     *         "id": 8,
                     *         "doctor_id": 7,
                     *         "patient_id": 3,
                     *         "visit_type_id": 1,
                     *         "location_id": 2,
                     *         "status": "pending",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "expires_at": "2026-11-22T08:10:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        hold: components["schemas"]["Hold"];
                    };
                };
            };
            400: components["responses"]["malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["wrong_status.hold_expired.already_extended.still_running"];
            412: components["responses"]["stale.no_version"];
            413: components["responses"]["too_large"];
            422: components["responses"]["key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    cancelAppointment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of the state you have seen, or `*` for any (RFC 9110, 13.1.1)
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "cancellation": {
                 *         "reason": "Feeling better"
                 *       }
                 *     }
                 */
                "application/json": {
                    cancellation: {
                        /** @description The front desk must give one */
                        reason?: string;
                    };
                };
            };
        };
        responses: {
            /** @description The appointment as it now is */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "appointment": {
                     *         "id": 42,
                     *         "doctor_id": 7,
                     *         "patient_id": 3,
                     *         "visit_type_id": 1,
                     *         "location_id": 2,
                     *         "status": "cancelled",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "reason_for_visit": "A cough that stays"
                     *       }
                     *     }
                     */
                    "application/json": {
                        appointment: components["schemas"]["Appointment"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["wrong_status.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["too_late.invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    checkIn: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of the state you have seen, or `*` for any (RFC 9110, 13.1.1)
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The appointment as it now is */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "appointment": {
                     *         "id": 42,
                     *         "doctor_id": 7,
                     *         "patient_id": 3,
                     *         "visit_type_id": 1,
                     *         "location_id": 2,
                     *         "status": "arrived",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "reason_for_visit": "A cough that stays"
                     *       }
                     *     }
                     */
                    "application/json": {
                        appointment: components["schemas"]["Appointment"];
                    };
                };
            };
            400: components["responses"]["malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["wrong_status.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            422: components["responses"]["not_today.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    undoCheckIn: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of the state you have seen, or `*` for any (RFC 9110, 13.1.1)
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The appointment as it now is */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "appointment": {
                     *         "id": 42,
                     *         "doctor_id": 7,
                     *         "patient_id": 3,
                     *         "visit_type_id": 1,
                     *         "location_id": 2,
                     *         "status": "booked",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "reason_for_visit": "A cough that stays"
                     *       }
                     *     }
                     */
                    "application/json": {
                        appointment: components["schemas"]["Appointment"];
                    };
                };
            };
            400: components["responses"]["malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["slot_taken.patient_busy.wrong_status.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            422: components["responses"]["not_today.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    completeAppointment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of the state you have seen, or `*` for any (RFC 9110, 13.1.1)
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The appointment as it now is */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "appointment": {
                     *         "id": 42,
                     *         "doctor_id": 7,
                     *         "patient_id": 3,
                     *         "visit_type_id": 1,
                     *         "location_id": 2,
                     *         "status": "fulfilled",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "reason_for_visit": "A cough that stays"
                     *       }
                     *     }
                     */
                    "application/json": {
                        appointment: components["schemas"]["Appointment"];
                    };
                };
            };
            400: components["responses"]["malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["wrong_status.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            422: components["responses"]["key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    undoCompletion: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of the state you have seen, or `*` for any (RFC 9110, 13.1.1)
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The appointment as it now is */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "appointment": {
                     *         "id": 42,
                     *         "doctor_id": 7,
                     *         "patient_id": 3,
                     *         "visit_type_id": 1,
                     *         "location_id": 2,
                     *         "status": "arrived",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "reason_for_visit": "A cough that stays"
                     *       }
                     *     }
                     */
                    "application/json": {
                        appointment: components["schemas"]["Appointment"];
                    };
                };
            };
            400: components["responses"]["malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["slot_taken.patient_busy.wrong_status.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            422: components["responses"]["not_today.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    markNoShow: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of the state you have seen, or `*` for any (RFC 9110, 13.1.1)
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The appointment as it now is */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "appointment": {
                     *         "id": 42,
                     *         "doctor_id": 7,
                     *         "patient_id": 3,
                     *         "visit_type_id": 1,
                     *         "location_id": 2,
                     *         "status": "noshow",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "reason_for_visit": "A cough that stays"
                     *       }
                     *     }
                     */
                    "application/json": {
                        appointment: components["schemas"]["Appointment"];
                    };
                };
            };
            400: components["responses"]["malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["wrong_status.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            422: components["responses"]["not_yet.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    undoNoShow: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of the state you have seen, or `*` for any (RFC 9110, 13.1.1)
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["If-Match"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The appointment as it now is */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "appointment": {
                     *         "id": 42,
                     *         "doctor_id": 7,
                     *         "patient_id": 3,
                     *         "visit_type_id": 1,
                     *         "location_id": 2,
                     *         "status": "booked",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "reason_for_visit": "A cough that stays"
                     *       }
                     *     }
                     */
                    "application/json": {
                        appointment: components["schemas"]["Appointment"];
                    };
                };
            };
            400: components["responses"]["malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["slot_taken.patient_busy.wrong_status.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            422: components["responses"]["not_today.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listAppointmentEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All that happened */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "events": [
                     *         {
                     *           "number": 1,
                     *           "kind": "appointment.booked",
                     *           "at": "2026-11-22T08:00:00.000Z",
                     *           "actor": "patient",
                     *           "account_id": 5,
                     *           "api_key_id": 1,
                     *           "request_id": "8e03978e-40d5-43e8-bc93-6894a57f9324",
                     *           "reason": null,
                     *           "before": null,
                     *           "after": {
                     *             "status": "booked",
                     *             "doctor_id": 7,
                     *             "patient_id": 3
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        events: components["schemas"]["AppointmentEvent"][];
                    };
                };
            };
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listDoctors: {
        parameters: {
            query?: {
                specialty?: string;
                location_id?: components["schemas"]["Id"];
                /** @description How many a page has at most */
                limit?: number;
                /** @description Where the next page begins: out of the `Link` of the page before, and only for that address */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of doctors */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "doctors": [
                     *         {
                     *           "id": 7,
                     *           "name": "Dr. Strange",
                     *           "specialty": "General practice",
                     *           "grid_minutes": 15,
                     *           "location": {
                     *             "id": 2,
                     *             "name": "Menteng",
                     *             "time_zone": "Asia/Jakarta"
                     *           },
                     *           "weekly_hours": [
                     *             {
                     *               "weekday": 1,
                     *               "opens_at": "09:00",
                     *               "closes_at": "17:00"
                     *             }
                     *           ],
                     *           "visit_types": [
                     *             {
                     *               "id": 1,
                     *               "name": "Consultation",
                     *               "mode": "in_person",
                     *               "minutes": 30
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        doctors: components["schemas"]["Doctor"][];
                    };
                };
            };
            401: components["responses"]["unknown_key"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["invalid"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    hireDoctor: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "doctor": {
                 *         "name": "Dr. Strange",
                 *         "location_id": 2,
                 *         "specialty": "General practice",
                 *         "grid_minutes": 15
                 *       }
                 *     }
                 */
                "application/json": {
                    doctor: {
                        /** @description One line of 1 to 100 characters; spaces around it are dropped */
                        name: string;
                        location_id: components["schemas"]["Id"];
                        /**
                         * @description One line of 1 to 100 characters; spaces around it are dropped
                         * @default General practice
                         */
                        specialty?: string;
                        /** @default 15 */
                        grid_minutes?: components["schemas"]["GridMinutes"];
                    };
                };
            };
        };
        responses: {
            /** @description The doctor */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "doctor": {
                     *         "id": 7,
                     *         "name": "Dr. Strange",
                     *         "location_id": 2,
                     *         "specialty": "General practice",
                     *         "grid_minutes": 15
                     *       }
                     *     }
                     */
                    "application/json": {
                        doctor: components["schemas"]["HiredDoctor"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    getDoctor: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of what you have: if it is still the same, the answer is 304 without a body
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The doctor */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "doctor": {
                     *         "id": 7,
                     *         "name": "Dr. Strange",
                     *         "specialty": "General practice",
                     *         "grid_minutes": 15,
                     *         "location": {
                     *           "id": 2,
                     *           "name": "Menteng",
                     *           "time_zone": "Asia/Jakarta"
                     *         },
                     *         "weekly_hours": [
                     *           {
                     *             "weekday": 1,
                     *             "opens_at": "09:00",
                     *             "closes_at": "17:00"
                     *           }
                     *         ],
                     *         "visit_types": [
                     *           {
                     *             "id": 1,
                     *             "name": "Consultation",
                     *             "mode": "in_person",
                     *             "minutes": 30
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        doctor: components["schemas"]["Doctor"];
                    };
                };
            };
            304: components["responses"]["NotModified"];
            401: components["responses"]["unknown_key"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    changeDoctor: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "doctor": {
                 *         "specialty": "Neurology"
                 *       }
                 *     }
                 */
                "application/json": {
                    doctor: {
                        /** @description One line of 1 to 100 characters; spaces around it are dropped */
                        name?: string;
                        /** @description One line of 1 to 100 characters; spaces around it are dropped */
                        specialty?: string;
                        grid_minutes?: components["schemas"]["GridMinutes"];
                    };
                };
            };
        };
        responses: {
            /** @description The doctor */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "doctor": {
                     *         "id": 7,
                     *         "name": "Dr. Strange",
                     *         "specialty": "General practice",
                     *         "grid_minutes": 15,
                     *         "location": {
                     *           "id": 2,
                     *           "name": "Menteng",
                     *           "time_zone": "Asia/Jakarta"
                     *         },
                     *         "weekly_hours": [
                     *           {
                     *             "weekday": 1,
                     *             "opens_at": "09:00",
                     *             "closes_at": "17:00"
                     *           }
                     *         ],
                     *         "visit_types": [
                     *           {
                     *             "id": 1,
                     *             "name": "Consultation",
                     *             "mode": "in_person",
                     *             "minutes": 30
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        doctor: components["schemas"]["Doctor"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    getWeeklyHours: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of what you have: if it is still the same, the answer is 304 without a body
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The weekly hours */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "weekly_hours": [
                     *         {
                     *           "weekday": 1,
                     *           "opens_at": "09:00",
                     *           "closes_at": "17:00",
                     *           "starts_on": null,
                     *           "ends_on": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        weekly_hours: components["schemas"]["WeeklyHours"][];
                    };
                };
            };
            304: components["responses"]["NotModified"];
            401: components["responses"]["unknown_key"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    setWeeklyHours: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "weekly_hours": [
                 *         {
                 *           "weekday": 1,
                 *           "opens_at": "09:00",
                 *           "closes_at": "17:00",
                 *           "starts_on": null,
                 *           "ends_on": null
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    weekly_hours: {
                        weekday: number;
                        opens_at: string;
                        closes_at: string;
                        starts_on?: components["schemas"]["CalendarDate"] | null;
                        ends_on?: components["schemas"]["CalendarDate"] | null;
                    }[];
                };
            };
        };
        responses: {
            /** @description The weekly hours */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "weekly_hours": [
                     *         {
                     *           "weekday": 1,
                     *           "opens_at": "09:00",
                     *           "closes_at": "17:00",
                     *           "starts_on": null,
                     *           "ends_on": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        weekly_hours: components["schemas"]["WeeklyHours"][];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    offerVisitTypes: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "visit_type_ids": [
                 *         1,
                 *         2
                 *       ]
                 *     }
                 */
                "application/json": {
                    visit_type_ids: components["schemas"]["Id"][];
                };
            };
        };
        responses: {
            /** @description What the doctor offers */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "visit_type_ids": [
                     *         1,
                     *         2
                     *       ]
                     *     }
                     */
                    "application/json": {
                        visit_type_ids: number[];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listTimeOff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is not over */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_off": [
                     *         {
                     *           "id": 4,
                     *           "start_at": "2026-12-24T05:00:00.000Z",
                     *           "end_at": "2026-12-26T17:00:00.000Z",
                     *           "start_local": "2026-12-24T12:00",
                     *           "end_local": "2026-12-27T00:00",
                     *           "time_zone": "Asia/Jakarta",
                     *           "reason": "Christmas",
                     *           "appointment_ids": [
                     *             42
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        time_off: components["schemas"]["Absence"][];
                    };
                };
            };
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    takeTimeOff: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "time_off": {
                 *         "start_local": "2026-12-24T12:00",
                 *         "end_local": "2026-12-27T00:00",
                 *         "reason": "Christmas"
                 *       }
                 *     }
                 */
                "application/json": {
                    time_off: {
                        start_local: components["schemas"]["WallClock"];
                        /** @description Later than `start_local`, at most two years */
                        end_local: components["schemas"]["WallClock"];
                        /** @description For the clinic’s own people */
                        reason?: string;
                    };
                };
            };
        };
        responses: {
            /** @description What was entered */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "time_off": {
                     *         "id": 4,
                     *         "start_at": "2026-12-24T05:00:00.000Z",
                     *         "end_at": "2026-12-26T17:00:00.000Z",
                     *         "start_local": "2026-12-24T12:00",
                     *         "end_local": "2026-12-27T00:00",
                     *         "time_zone": "Asia/Jakarta",
                     *         "reason": "Christmas",
                     *         "appointment_ids": [
                     *           42
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        time_off: components["schemas"]["Absence"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    withdrawTimeOff: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 7 */
                id: number;
                /** @example 7 */
                absenceId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is taken back */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            422: components["responses"]["key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listClosures: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is not over */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "closures": [
                     *         {
                     *           "id": 4,
                     *           "start_at": "2026-12-24T05:00:00.000Z",
                     *           "end_at": "2026-12-26T17:00:00.000Z",
                     *           "start_local": "2026-12-24T12:00",
                     *           "end_local": "2026-12-27T00:00",
                     *           "time_zone": "Asia/Jakarta",
                     *           "reason": "Christmas",
                     *           "appointment_ids": [
                     *             42
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        closures: components["schemas"]["Absence"][];
                    };
                };
            };
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    closeLocation: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "closure": {
                 *         "start_local": "2026-12-24T12:00",
                 *         "end_local": "2026-12-27T00:00",
                 *         "reason": "Christmas"
                 *       }
                 *     }
                 */
                "application/json": {
                    closure: {
                        start_local: components["schemas"]["WallClock"];
                        /** @description Later than `start_local`, at most two years */
                        end_local: components["schemas"]["WallClock"];
                        /** @description For the clinic’s own people */
                        reason?: string;
                    };
                };
            };
        };
        responses: {
            /** @description What was entered */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "closure": {
                     *         "id": 4,
                     *         "start_at": "2026-12-24T05:00:00.000Z",
                     *         "end_at": "2026-12-26T17:00:00.000Z",
                     *         "start_local": "2026-12-24T12:00",
                     *         "end_local": "2026-12-27T00:00",
                     *         "time_zone": "Asia/Jakarta",
                     *         "reason": "Christmas",
                     *         "appointment_ids": [
                     *           42
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        closure: components["schemas"]["Absence"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    reopenLocation: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 7 */
                id: number;
                /** @example 7 */
                absenceId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is taken back */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            422: components["responses"]["key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listLocations: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of what you have: if it is still the same, the answer is 304 without a body
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All locations */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "locations": [
                     *         {
                     *           "id": 2,
                     *           "name": "Menteng",
                     *           "time_zone": "Asia/Jakarta",
                     *           "address": "Jl. Menteng Raya 1, Jakarta",
                     *           "phone": "+62 21 5550 1234"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        locations: components["schemas"]["Location"][];
                    };
                };
            };
            304: components["responses"]["NotModified"];
            401: components["responses"]["unknown_key"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    openLocation: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "location": {
                 *         "name": "Menteng",
                 *         "time_zone": "Asia/Jakarta",
                 *         "address": "Jl. Menteng Raya 1, Jakarta",
                 *         "phone": "+62 21 5550 1234"
                 *       }
                 *     }
                 */
                "application/json": {
                    location: {
                        /** @description One line of 1 to 100 characters; spaces around it are dropped */
                        name: string;
                        /** @description An IANA name, such as Asia/Jakarta, or UTC */
                        time_zone: string;
                        /** @description One line of 1 to 200 characters; spaces around it are dropped */
                        address?: string;
                        /** @description One line of 1 to 40 characters; spaces around it are dropped */
                        phone?: string;
                    };
                };
            };
        };
        responses: {
            /** @description The location */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "location": {
                     *         "id": 2,
                     *         "name": "Menteng",
                     *         "time_zone": "Asia/Jakarta",
                     *         "address": "Jl. Menteng Raya 1, Jakarta",
                     *         "phone": "+62 21 5550 1234"
                     *       }
                     *     }
                     */
                    "application/json": {
                        location: components["schemas"]["Location"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listVisitTypes: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of what you have: if it is still the same, the answer is 304 without a body
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The visit types */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "visit_types": [
                     *         {
                     *           "id": 1,
                     *           "name": "Consultation",
                     *           "mode": "in_person",
                     *           "minutes": 30,
                     *           "buffer_before_minutes": 0,
                     *           "buffer_after_minutes": 5,
                     *           "notice_minutes": 60,
                     *           "cancellation_notice_minutes": 1440,
                     *           "horizon_days": 180,
                     *           "daily_cap": null,
                     *           "bookable_online": true
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        visit_types: components["schemas"]["VisitType"][];
                    };
                };
            };
            304: components["responses"]["NotModified"];
            401: components["responses"]["unknown_key"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    defineVisitType: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "visit_type": {
                 *         "name": "Consultation",
                 *         "mode": "in_person",
                 *         "minutes": 30,
                 *         "buffer_before_minutes": 0,
                 *         "buffer_after_minutes": 5,
                 *         "notice_minutes": 60,
                 *         "cancellation_notice_minutes": 1440,
                 *         "horizon_days": 180,
                 *         "daily_cap": null,
                 *         "bookable_online": true
                 *       }
                 *     }
                 */
                "application/json": {
                    visit_type: {
                        /** @description One line of 1 to 100 characters; spaces around it are dropped */
                        name: string;
                        /**
                         * @default in_person
                         * @enum {string}
                         */
                        mode?: "in_person" | "phone" | "video";
                        minutes: number;
                        /** @default 0 */
                        buffer_before_minutes?: number;
                        /** @default 0 */
                        buffer_after_minutes?: number;
                        /** @default 0 */
                        notice_minutes?: number;
                        /** @default 0 */
                        cancellation_notice_minutes?: number;
                        /** @default 180 */
                        horizon_days?: number;
                        /** @default null */
                        daily_cap?: number | null;
                        /** @default true */
                        bookable_online?: boolean;
                    };
                };
            };
        };
        responses: {
            /** @description The visit type */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "visit_type": {
                     *         "id": 1,
                     *         "name": "Consultation",
                     *         "mode": "in_person",
                     *         "minutes": 30,
                     *         "buffer_before_minutes": 0,
                     *         "buffer_after_minutes": 5,
                     *         "notice_minutes": 60,
                     *         "cancellation_notice_minutes": 1440,
                     *         "horizon_days": 180,
                     *         "daily_cap": null,
                     *         "bookable_online": true
                     *       }
                     *     }
                     */
                    "application/json": {
                        visit_type: components["schemas"]["VisitType"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    redefineVisitType: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "visit_type": {
                 *         "name": "Consultation",
                 *         "mode": "in_person",
                 *         "minutes": 30,
                 *         "buffer_before_minutes": 0,
                 *         "buffer_after_minutes": 5,
                 *         "notice_minutes": 60,
                 *         "cancellation_notice_minutes": 1440,
                 *         "horizon_days": 180,
                 *         "daily_cap": null,
                 *         "bookable_online": true
                 *       }
                 *     }
                 */
                "application/json": {
                    visit_type: {
                        /** @description One line of 1 to 100 characters; spaces around it are dropped */
                        name: string;
                        /**
                         * @default in_person
                         * @enum {string}
                         */
                        mode?: "in_person" | "phone" | "video";
                        minutes: number;
                        /** @default 0 */
                        buffer_before_minutes?: number;
                        /** @default 0 */
                        buffer_after_minutes?: number;
                        /** @default 0 */
                        notice_minutes?: number;
                        /** @default 0 */
                        cancellation_notice_minutes?: number;
                        /** @default 180 */
                        horizon_days?: number;
                        /** @default null */
                        daily_cap?: number | null;
                        /** @default true */
                        bookable_online?: boolean;
                    };
                };
            };
        };
        responses: {
            /** @description The visit type */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "visit_type": {
                     *         "id": 1,
                     *         "name": "Consultation",
                     *         "mode": "in_person",
                     *         "minutes": 30,
                     *         "buffer_before_minutes": 0,
                     *         "buffer_after_minutes": 5,
                     *         "notice_minutes": 60,
                     *         "cancellation_notice_minutes": 1440,
                     *         "horizon_days": 180,
                     *         "daily_cap": null,
                     *         "bookable_online": true
                     *       }
                     *     }
                     */
                    "application/json": {
                        visit_type: components["schemas"]["VisitType"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listPatients: {
        parameters: {
            query?: {
                /** @description A part of the name, in whatever case */
                name?: string;
                /** @description How many a page has at most */
                limit?: number;
                /** @description Where the next page begins: out of the `Link` of the page before, and only for that address */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of patients */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "patients": [
                     *         {
                     *           "id": 3,
                     *           "name": "Patient Zero"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        patients: components["schemas"]["Patient"][];
                    };
                };
            };
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["invalid"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    registerPatient: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "patient": {
                 *         "name": "Patient Zero",
                 *         "email": "zero@example.com"
                 *       }
                 *     }
                 */
                "application/json": {
                    patient: {
                        /** @description One line of 1 to 100 characters; spaces around it are dropped */
                        name: string;
                        /** @description Whoever signs in with it joins this patient; only for the front desk */
                        email?: components["schemas"]["Email"];
                        /** @description Who may act for the patient; a patient’s own when a patient registers */
                        account_id?: components["schemas"]["Id"];
                    };
                };
            };
        };
        responses: {
            /** @description The patient */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "patient": {
                     *         "id": 3,
                     *         "name": "Patient Zero"
                     *       }
                     *     }
                     */
                    "application/json": {
                        patient: components["schemas"]["Patient"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    getPatient: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of what you have: if it is still the same, the answer is 304 without a body
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The patient */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "patient": {
                     *         "id": 3,
                     *         "name": "Patient Zero"
                     *       }
                     *     }
                     */
                    "application/json": {
                        patient: components["schemas"]["Patient"];
                    };
                };
            };
            304: components["responses"]["NotModified"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /** @description How many a page has at most */
                limit?: number;
                /** @description Where the next page begins: out of the `Link` of the page before, and only for that address */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of accounts */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accounts": [
                     *         {
                     *           "id": 5,
                     *           "email": "zero@example.com",
                     *           "name": "Patient Zero",
                     *           "role": "patient",
                     *           "doctor_id": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        accounts: components["schemas"]["Account"][];
                    };
                };
            };
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["invalid"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    changeRole: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "account": {
                 *         "role": "doctor",
                 *         "doctor_id": 7
                 *       }
                 *     }
                 */
                "application/json": {
                    account: {
                        /** @enum {string} */
                        role: "doctor";
                        doctor_id: components["schemas"]["Id"];
                    } | {
                        /** @enum {string} */
                        role: "patient" | "front_desk" | "admin";
                    };
                };
            };
        };
        responses: {
            /** @description The account as it now is */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "account": {
                     *         "id": 5,
                     *         "email": "zero@example.com",
                     *         "name": "Patient Zero",
                     *         "role": "doctor",
                     *         "doctor_id": 7
                     *       }
                     *     }
                     */
                    "application/json": {
                        account: components["schemas"]["Account"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description How many a page has at most */
                limit?: number;
                /** @description Where the next page begins: out of the `Link` of the page before, and only for that address */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of keys, revoked ones as well */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "api_keys": [
                     *         {
                     *           "id": 1,
                     *           "name": "The laboratory",
                     *           "owner_id": 5,
                     *           "role": "patient",
                     *           "scopes": [
                     *             "appointments:read",
                     *             "appointments:write"
                     *           ],
                     *           "last_used_at": null,
                     *           "expires_at": "2027-11-22T00:00:00.000Z",
                     *           "revoked_at": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        api_keys: components["schemas"]["ApiKey"][];
                    };
                };
            };
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["invalid"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    issueApiKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "api_key": {
                 *         "name": "The laboratory",
                 *         "owner_id": 5,
                 *         "role": "patient",
                 *         "scopes": [
                 *           "appointments:read",
                 *           "appointments:write"
                 *         ],
                 *         "expires_at": "2027-11-22T00:00:00.000Z"
                 *       }
                 *     }
                 */
                "application/json": {
                    api_key: {
                        /** @description One line of 1 to 100 characters; spaces around it are dropped */
                        name: string;
                        owner_id: components["schemas"]["Id"];
                        /** @enum {string} */
                        role: "patient" | "front_desk" | "doctor" | "admin";
                        scopes: ("appointments:read" | "appointments:write" | "clinic:manage")[];
                        expires_at?: components["schemas"]["Instant"];
                    };
                };
            };
        };
        responses: {
            /** @description The key, which is shown this once */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "api_key": {
                     *         "id": 1,
                     *         "name": "The laboratory",
                     *         "owner_id": 5,
                     *         "role": "patient",
                     *         "scopes": [
                     *           "appointments:read",
                     *           "appointments:write"
                     *         ],
                     *         "last_used_at": null,
                     *         "expires_at": "2027-11-22T00:00:00.000Z",
                     *         "revoked_at": null,
                     *         "key": "alo_q3l2vYb0c9yRkVw0t5gWnq7Jm1yq2pXo8uZ4sQ6dR3E"
                     *       }
                     *     }
                     */
                    "application/json": {
                        api_key: components["schemas"]["IssuedApiKey"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, in quotes or without; a UUID is good
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 7 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is revoked */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            422: components["responses"]["key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    readHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the clinic is */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "health": {
                     *         "at": "2026-11-23T03:00:00.000Z",
                     *         "environment": "production",
                     *         "release": "8d87e6adc2b44f7c9d6c3ad5f0a8ce1e6f0a7c55",
                     *         "postgres": "18.4",
                     *         "tzdata": "2026b",
                     *         "migration": {
                     *           "last": "0018_appointment_failures",
                     *           "expected": "0018_appointment_failures"
                     *         },
                     *         "appointments": {
                     *           "done": [
                     *             {
                     *               "door": "web",
                     *               "last_hour": 120,
                     *               "last_day": 1480
                     *             }
                     *           ],
                     *           "failed_by_door": [
                     *             {
                     *               "door": "web",
                     *               "last_hour": 9,
                     *               "last_day": 96
                     *             }
                     *           ],
                     *           "failed_by_code": [
                     *             {
                     *               "code": "slot_taken",
                     *               "last_hour": 9,
                     *               "last_day": 96
                     *             }
                     *           ],
                     *           "failed_by_doctor": [
                     *             {
                     *               "doctor_id": 7,
                     *               "name": "Dr. Strange",
                     *               "last_hour": 9,
                     *               "last_day": 96
                     *             }
                     *           ],
                     *           "failed_by_hour": [
                     *             {
                     *               "at": "2026-11-23T02:00:00.000Z",
                     *               "failures": 9
                     *             }
                     *           ]
                     *         },
                     *         "slowest_statements": {
                     *           "unknown_because": null,
                     *           "statements": [
                     *             {
                     *               "text": "select open_slots($1)",
                     *               "calls": 4711,
                     *               "mean_ms": 2.3,
                     *               "longest_ms": 41,
                     *               "total_ms": 10835
                     *             }
                     *           ]
                     *         },
                     *         "tables": [
                     *           {
                     *             "name": "appointments",
                     *             "rows": 10000000,
                     *             "bytes": 2147483648,
                     *             "index_bytes": 1610612736
                     *           }
                     *         ],
                     *         "indexes": [
                     *           {
                     *             "name": "events_by_time",
                     *             "table": "events",
                     *             "bytes": 157286400,
                     *             "scans": 12,
                     *             "is_unused": false
                     *           }
                     *         ],
                     *         "indexes_watched_since": "2026-10-01T00:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": {
                        health: components["schemas"]["Health"];
                    };
                };
            };
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
}
