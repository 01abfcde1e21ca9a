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
         * Search the first free times across doctors
         * @description Sorted by start. At the same start, the doctor with the fewest appointments that day comes first.
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
        /** List all free times of a doctor */
        get: operations["listDoctorSlots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/doctors/{id}/slots/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Explain why nothing is free, or what is
         * @description Starts with the weekly hours of a day and shows what each rule of the search leaves of them. Doctors can only ask about themselves; a front desk account with `location_ids`, about the doctors who work there. Allowed for the front desk, doctors and admins.
         */
        get: operations["explainDoctorSlots"];
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
         * List appointments, sorted by start
         * @description Patients see the appointments of the people they book for, doctors their own, and the front desk all of them. Without `from`, the list starts 30 days ago. Holds are only included with `status=pending`. With `awaits_approval=true`, you get only the requests that wait for the clinic. Staff get one entry for a session; send `patient_id` or `session_id` to get the appointments of those who take part. Allowed for patients, the front desk, doctors and admins.
         */
        get: operations["listAppointments"];
        put?: never;
        /**
         * Book a free time, a hold or a place in a session
         * @description When a patient books a visit type with `requires_approval`, the appointment is `pending` and waits for the clinic until `awaits_approval_until`. The database rejects any overlap with another appointment of the doctor or the patient. If another time could work, the problem includes `next_free_start_at`: the next start on that day that fits an appointment of this length. The clinic caps how many open appointments an account and its dependants may have booked online; the front desk is not capped. The last place in a session goes to one caller; the others get `session_full` with `next_sessions`. Allowed for patients, the front desk, doctors and admins.
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
         * Get an appointment
         * @description Allowed for patients, the front desk, doctors and admins.
         */
        get: operations["getAppointment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Reschedule an appointment
         * @description Moves it to another time or doctor. The appointment keeps its id and, unless you send `end_at`, its length. If you send a length that is not its visit type’s, it loses the visit type. If the move is refused, it stays where it is. A request stays a request. Someone who takes part in a session moves to another `session_id` of the same visit type, and keeps the old place until the new one is booked. Allowed for patients, the front desk and admins.
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
         * Book and check in a walk-in
         * @description For a patient who is at the clinic without an appointment. Without `start_at`, it starts this minute. Allowed for the front desk and admins.
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
         * Hold a slot
         * @description An account of a patient can hold two slots at a time, or as many as the clinic sets. To book the hold, call `bookAppointment` with its id as `hold_id`. Holding the same slot again returns the same hold. Allowed for patients, the front desk and admins.
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
         * Get a hold
         * @description Allowed for patients, the front desk and admins.
         */
        get: operations["getHold"];
        put?: never;
        post?: never;
        /**
         * Release a hold
         * @description Allowed for patients, the front desk and admins.
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
         * Extend a hold by ten minutes, once
         * @description Allowed for patients, the front desk and admins.
         */
        post: operations["extendHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Book a series of appointments
         * @description Books at most 52 appointments: all of them or none. If a date is refused, you get `dates_refused` with the refused dates and up to three free times near each. Allowed for the front desk and admins.
         */
        post: operations["bookSeries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview a series of appointments
         * @description Returns every date, with its conflict if it has one, and free times near it. Books nothing. Allowed for the front desk and admins.
         */
        post: operations["previewSeries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a series with its appointments
         * @description Patients and doctors see the appointments that are their own. Allowed for patients, the front desk, doctors and admins.
         */
        get: operations["getSeries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series/{id}/rescheduling": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move an appointment of a series, or that one and all that follow it
         * @description Moves all of them by the same amount of local time as the one in `from`, or none. Appointments that have begun, are over or are cancelled stay as they are. If one cannot move, you get `dates_refused` with its `appointment_id`. Allowed for the front desk and admins.
         */
        post: operations["rescheduleSeries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/series/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an appointment of a series, or that one and all that follow it
         * @description Their time is free at once. Appointments that have begun or are over stay as they are. Cancelling twice changes nothing. Allowed for the front desk and admins.
         */
        post: operations["cancelSeries"];
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
         * Cancel an appointment
         * @description Patients can cancel up to `cancellation_notice_minutes` before the start. The front desk can cancel at any time, and must give a reason. Cancelling twice changes nothing. Allowed for patients, the front desk and admins.
         */
        post: operations["cancelAppointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{id}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm a request
         * @description For an appointment that waits for approval. Doctors confirm their own. Confirming twice changes nothing. Allowed for the front desk, doctors and admins.
         */
        post: operations["confirmAppointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{id}/decline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decline a request
         * @description For an appointment that waits for approval. It is cancelled, and its time is free at once. The patient can read the reason in `decline_reason`. Allowed for the front desk, doctors and admins.
         */
        post: operations["declineAppointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{id}/reassignment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an appointment to another patient
         * @description For an appointment that was booked for the wrong person. It keeps its id, time and doctor. If the other patient has an appointment at that time, you get `patient_busy` with that appointment in `overlap`. Allowed for the front desk and admins.
         */
        post: operations["reassignAppointment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{id}/participants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change who takes part
         * @description Replaces the colleagues and companions of an appointment: send everyone who should take part. If one of them cannot come, nothing changes, and `missing` says who. The doctor, the patient and the people that the visit type needs stay. Allowed for the front desk and admins.
         */
        put: operations["changeParticipants"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{id}/visit-type": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give an appointment another visit type
         * @description The start stays the same. The new visit type sets the end, the buffers, and which rooms, devices and colleagues it takes; if something is in the way, nothing changes. The rules are those of a move. Sessions and their places keep their visit type. A patient cannot change a booked appointment to a visit type with `requires_approval`; a request stays a request. Allowed for patients, the front desk and admins.
         */
        put: operations["changeVisitType"];
        post?: never;
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
         * Check a patient in
         * @description If nothing is left to change, you get the appointment as it is. Allowed for the front desk, doctors and admins.
         */
        post: operations["checkIn"];
        /**
         * Undo a check-in
         * @description If nothing is left to change, you get the appointment as it is. Allowed for the front desk, doctors and admins.
         */
        delete: operations["undoCheckIn"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start: the doctor sees the patient
         * @description If nothing is left to change, you get the appointment as it is. Allowed for the front desk, doctors and admins.
         */
        post: operations["startAppointment"];
        /**
         * Undo a start
         * @description If nothing is left to change, you get the appointment as it is. Allowed for the front desk, doctors and admins.
         */
        delete: operations["undoStart"];
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
         * Complete an appointment
         * @description If nothing is left to change, you get the appointment as it is. Allowed for the front desk, doctors and admins.
         */
        post: operations["completeAppointment"];
        /**
         * Undo a completion
         * @description If nothing is left to change, you get the appointment as it is. Allowed for the front desk, doctors and admins.
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
         * Mark a no-show
         * @description If nothing is left to change, you get the appointment as it is. Allowed for the front desk, doctors and admins.
         */
        post: operations["markNoShow"];
        /**
         * Undo a no-show
         * @description If nothing is left to change, you get the appointment as it is. Allowed for the front desk, doctors and admins.
         */
        delete: operations["undoNoShow"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{id}/undo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo the last change
         * @description Takes back the last change, whatever it was: a check-in, a start, a completion, a no-show, a cancellation, a decline, a confirmation, a move, another visit type or another patient. A booking or a walk-in that the clinic made is cancelled. Possible on the day of the change; cancellations and moves also until the start. If the time was taken meanwhile, nothing changes. Undoing the same version twice changes nothing. Allowed for the front desk, doctors and admins.
         */
        post: operations["undoLastChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/appointments/{id}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Leave a note
         * @description For staff: patients never see it. It replaces the note before; `null` clears it. Allowed for the front desk, doctors and admins.
         */
        put: operations["leaveNote"];
        post?: never;
        delete?: never;
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
         * List the history of an appointment
         * @description Every change, oldest first: who made it, when and why, and the appointment before and after. Allowed for the front desk, doctors and admins.
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
    "/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List sessions, sorted by start
         * @description The sessions that can be booked now, with how many places are left. Staff get all sessions, including cancelled ones.
         */
        get: operations["listSessions"];
        put?: never;
        /**
         * Set up a session
         * @description Takes the doctor once for everyone, for the length of the visit type, which must have a `capacity`. Allowed for the front desk and admins.
         */
        post: operations["beginSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a session and who takes part
         * @description Doctors see their own. Allowed for the front desk, doctors and admins.
         */
        get: operations["getSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change how many may take part
         * @description Allowed for the front desk and admins.
         */
        patch: operations["resizeSession"];
        trace?: never;
    };
    "/sessions/{id}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a session
         * @description Cancels the appointments of all who take part, too: all of them or none. Cancelling twice changes nothing. Allowed for the front desk and admins.
         */
        post: operations["cancelSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sessions/{id}/rescheduling": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move a session
         * @description Moves it to another time or doctor with everyone who takes part: all of them or none. If some of them, or people who come with them, aren’t free then, you get `patient_busy`, and `appointment_ids` lists their appointments in this session. Allowed for the front desk and admins.
         */
        post: operations["moveSession"];
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
        /** List doctors, in the clinic’s order */
        get: operations["listDoctors"];
        put?: never;
        /**
         * Add a doctor
         * @description Patients cannot book a new doctor until you set weekly hours and visit types. Allowed for admins.
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
        /** Get a doctor */
        get: operations["getDoctor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a doctor
         * @description Fields that you leave out stay as they are. Existing appointments stay booked. A doctor with appointments ahead is retired only if `may_strand` names them; `appointment_ids` lists them. Allowed for admins.
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
         * List the weekly hours of a doctor
         * @description Including past and future ones. The `ETag` is the doctor’s.
         */
        get: operations["getWeeklyHours"];
        /**
         * Replace the weekly hours of a doctor
         * @description All or nothing: if one range is invalid, the old hours stay. The `ETag` is the doctor’s. Existing appointments stay booked; `appointment_ids` lists the upcoming ones that are outside the new hours. Allowed for admins.
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
         * Replace the visit types a doctor offers
         * @description The `ETag` is the doctor’s. Existing appointments stay booked; `appointment_ids` lists the upcoming ones whose visit type the doctor no longer offers. Allowed for admins.
         */
        put: operations["offerVisitTypes"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List rooms and devices, sorted by name
         * @description Including those that are out of use. Allowed for the front desk, doctors and admins.
         */
        get: operations["listResources"];
        put?: never;
        /**
         * Add a room or a device
         * @description It can always be used until you set its hours. Allowed for admins.
         */
        post: operations["addResource"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resources/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a room or a device
         * @description Allowed for the front desk, doctors and admins.
         */
        get: operations["getResource"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a room or a device
         * @description Fields that you leave out stay as they are. Appointments that have it keep it; `appointment_ids` lists the upcoming ones if it is now out of use or no longer of the kind they need. It is put out of use only if `may_strand` names them. Allowed for admins.
         */
        patch: operations["changeResource"];
        trace?: never;
    };
    "/resources/{id}/weekly-hours": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Replace the hours of a room or a device
         * @description All or nothing. With an empty list, it can always be used. The `ETag` is that of the room or device. Appointments that have it keep it; `appointment_ids` lists the upcoming ones that are outside the new hours. Allowed for admins.
         */
        put: operations["setResourceHours"];
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
         * List a doctor’s time off
         * @description Current and future ones, sorted by end. Allowed for the front desk, doctors and admins.
         */
        get: operations["listTimeOff"];
        put?: never;
        /**
         * Add a doctor’s time off
         * @description Sending the same times twice adds only one entry. Existing appointments stay booked; `appointment_ids` lists them. Allowed for the front desk, doctors and admins.
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
         * Remove a doctor’s time off
         * @description Allowed for the front desk, doctors and admins.
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
         * List a location’s closure
         * @description Current and future ones, sorted by end. Allowed for the front desk and admins.
         */
        get: operations["listClosures"];
        put?: never;
        /**
         * Add a location’s closure
         * @description Sending the same times twice adds only one entry. Existing appointments stay booked; `appointment_ids` lists them. Allowed for the front desk and admins.
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
         * Remove a location’s closure
         * @description Allowed for the front desk and admins.
         */
        delete: operations["reopenLocation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resources/{id}/absences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a time when a room or device cannot be used
         * @description Current and future ones, sorted by end. Allowed for the front desk and admins.
         */
        get: operations["listResourceAbsences"];
        put?: never;
        /**
         * Add a time when a room or device cannot be used
         * @description Sending the same times twice adds only one entry. Existing appointments stay booked; `appointment_ids` lists them. Allowed for the front desk and admins.
         */
        post: operations["putOutOfOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/resources/{id}/absences/{absenceId}": {
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
         * Remove a time when a room or device cannot be used
         * @description Allowed for the front desk and admins.
         */
        delete: operations["putBackInOrder"];
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
         * List patients, oldest registration first
         * @description The front desk sees all patients. Patients see themselves and the people they book for. Doctors see patients who have, or had, an appointment with them. With `q`, the answer is that of `searchPatients`; prefer that operation, because addresses end up in logs. Allowed for patients, the front desk, doctors and admins.
         */
        get: operations["listPatients"];
        put?: never;
        /**
         * Register a patient
         * @description The front desk can register anyone. Patients can register their own dependants, as many as the clinic allows. If the person may already be registered, you get `may_exist` with the candidates: someone with the same phone number, with a similar name and the same date of birth, or with the same name in the account’s family. The settings say whether patients must, may or must not send a birth date, a phone number and a sex. Allowed for patients, the front desk and admins.
         */
        post: operations["registerPatient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search patients
         * @description Finds people by whatever a person types: parts of the name in any order, a date of birth in any usual form, the last digits of the phone number, or the email address. Spelling, accents and unfinished words do not matter. You only find patients that you see in the list. Allowed for patients, the front desk, doctors and admins.
         */
        post: operations["searchPatients"];
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
         * Get a patient
         * @description You get `404` for patients that you do not see in the list. The id of a record that was merged into another answers `301`. Allowed for patients, the front desk, doctors and admins.
         */
        get: operations["getPatient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Correct a patient’s record
         * @description What you leave out stays as it is; null removes it. The front desk corrects everything. Patients correct their own record and those of their dependants: contact data changes at once, while a new name, birth date or sex becomes a `correction_request` that the front desk accepts or declines. A later request is added to the open one. Allowed for patients, the front desk and admins.
         */
        patch: operations["correctPatient"];
        trace?: never;
    };
    "/correction-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List open correction requests, oldest first
         * @description The front desk sees all of them, patients their own. Allowed for patients, the front desk and admins.
         */
        get: operations["listCorrectionRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/correction-requests/{id}/acceptance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept a correction request
         * @description Makes the correction. Allowed for the front desk and admins.
         */
        post: operations["acceptCorrection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/correction-requests/{id}/rejection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decline a correction request
         * @description Allowed for the front desk and admins.
         */
        post: operations["declineCorrection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/accounts/{accountId}": {
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
         * Stop an account from acting for a dependant
         * @description The account itself, the patient with an account of their own, or the front desk can do this. Appointments stay booked. A link also ends by itself when a dependant who was younger turns 18; the account is told 30 days before. The link of an account to its own person ends only when the account is closed. Allowed for patients, the front desk and admins.
         */
        delete: operations["unlinkPatient"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/merge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Merge a patient’s record into another
         * @description The record in the path goes, and the one in `into_id` stays. Appointments and accounts move to it, and its empty fields are filled. The old id then answers `301` with `moved_to`. Merging again changes nothing. Allowed for the front desk and admins.
         */
        post: operations["mergePatients"];
        /**
         * Undo the merge of a patient’s record
         * @description Possible for 30 days. The record in the path gets back what moved and has not changed since: its appointments, also those that were rescheduled or cancelled, its accounts, and the fields that were filled. Appointments booked after the merge stay where they are. Allowed for the front desk and admins.
         */
        delete: operations["unmergePatients"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a patient
         * @description Erases everything that says who the person is, for good: names, dates, contact data, identifiers, notes, reasons and what changed in their record, with all records that were merged into it. Their own account is closed, unless it also acts for others. Times and statuses of appointments stay, without a name, so the clinic’s figures do not change. Erasing again is the same answer. Allowed for the front desk and admins.
         */
        post: operations["erasePatient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/legal-hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Stop the erasure of a patient
         * @description While a patient is on legal hold, no one can erase their data. The patient’s history keeps the reason. Allowed for admins.
         */
        put: operations["placeLegalHold"];
        post?: never;
        /**
         * Let a patient be erased again
         * @description Allowed for admins.
         */
        delete: operations["liftLegalHold"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/flags/{flag}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set a flag of a patient
         * @description Setting it again changes nothing. The patient’s history keeps who did it. Allowed for the front desk, doctors and admins.
         */
        put: operations["setPatientFlag"];
        post?: never;
        /**
         * Remove a flag of a patient
         * @description Removing one that is not set changes nothing. Allowed for the front desk, doctors and admins.
         */
        delete: operations["removePatientFlag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/accesses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who opened a patient’s record, newest first
         * @description Every time one of the clinic’s own people, or a key of theirs, opens a record, its history or an export. Lists and search results do not count, and neither do the patient and those who act for them. Allowed for patients, the front desk and admins.
         */
        get: operations["listPatientAccesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what happened to a patient’s record, newest first
         * @description Who registered, corrected, merged, linked or exported it, when and why, with the fields that changed. It includes what happened to records that were merged into this one. An erasure empties what the events say of the person. Allowed for the front desk, doctors and admins.
         */
        get: operations["listPatientEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export everything about a patient
         * @description Everything that the clinic keeps about a person, as of one instant, to hand over to them. It includes records that were merged into this one. The export is recorded in the patient’s history and in the security log. On the website, the front desk and patients can also get it as a page to read. Allowed for the front desk and admins.
         */
        get: operations["exportPatient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the accounts that can act for a patient, oldest first
         * @description Patients can ask about the people they act for. Also lists the open invitations. Allowed for patients, the front desk and admins.
         */
        get: operations["listAccountsOfPatient"];
        put?: never;
        /**
         * Let an existing account act for a patient
         * @description Check who both people are first: no one is asked. Otherwise send an invitation. Allowed for the front desk and admins.
         */
        post: operations["linkPatient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/patients/{id}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite someone to a patient’s record
         * @description Sends an email that does not name the patient. Its reader can act for the patient after signing in with that address and entering the patient’s date of birth, or `code`. Five wrong answers end the invitation, and so do 14 days or a new invitation to the same address. Allowed for patients, the front desk and admins.
         */
        post: operations["invite"];
        /**
         * Withdraw all open invitations to a patient’s record
         * @description Accounts that have accepted one stay linked. Allowed for patients, the front desk and admins.
         */
        delete: operations["withdrawInvitations"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List messages
         * @description Newest first; with `state=due`, the next one first. Messages are kept as long as the setting `messages_kept_days` says. Allowed for the front desk and admins.
         */
        get: operations["listMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a message
         * @description Allowed for the front desk and admins.
         */
        get: operations["getMessage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a message again
         * @description One that failed or was skipped becomes `due` again. One that was sent stays as it is, and the answer is a new message that says the same. Allowed for the front desk and admins.
         */
        post: operations["resendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/messages/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a message that is due
         * @description It becomes `skipped`, with the reason `stopped`. Allowed for the front desk and admins.
         */
        post: operations["stopMessage"];
        delete?: never;
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
        /** List locations, in the clinic’s order */
        get: operations["listLocations"];
        put?: never;
        /**
         * Add a location
         * @description Allowed for admins.
         */
        post: operations["openLocation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/locations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a location */
        get: operations["getLocation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a location
         * @description Fields that you leave out stay as they are. Existing appointments stay booked. A location with appointments ahead is closed for good only if `may_strand` names them; `appointment_ids` lists them.
         *
         *     To correct a wrong `time_zone` while appointments are ahead, choose with `keeps` what stays the same. `clock_time` moves everything of today and ahead to the same local time in the new time zone, all at once; nobody is told of a move. `instant` leaves every appointment at its moment; `appointment_ids` lists those that no longer fit the hours. Hours, time off and closures are local times and stay as they are written. The days before today stay at their instants. Allowed for admins.
         */
        patch: operations["changeLocation"];
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
         * List visit types, in the clinic’s order
         * @description Those that can be booked online; the front desk gets all that are not withdrawn.
         */
        get: operations["listVisitTypes"];
        put?: never;
        /**
         * Add a visit type
         * @description A rule that you leave out does not apply. Names must be unique. Allowed for admins.
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
        /** Get a visit type */
        get: operations["getVisitType"];
        /**
         * Replace a visit type
         * @description Every field is required, so that no rule ends by accident; to change some of them, use `PATCH`. Existing appointments keep their length. A visit type with appointments ahead is withdrawn only if `may_strand` names them; `appointment_ids` lists them. Allowed for admins.
         */
        put: operations["redefineVisitType"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a visit type
         * @description Fields that you leave out stay as they are. Existing appointments keep their length. A visit type with appointments ahead is withdrawn only if `may_strand` names them; `appointment_ids` lists them. Allowed for admins.
         */
        patch: operations["changeVisitTypeRules"];
        trace?: never;
    };
    "/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the clinic’s settings
         * @description Allowed for admins.
         */
        get: operations["getSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the clinic’s settings
         * @description What you leave out stays as it is. Limits count from the next booking; appointments that exceed a lower limit stay. Allowed for admins.
         */
        patch: operations["changeSettings"];
        trace?: never;
    };
    "/travel-times": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the travel times between locations
         * @description Allowed for admins.
         */
        get: operations["listTravelTimes"];
        /**
         * Replace the travel times between locations
         * @description They apply in both directions, to bookings from now on. Existing appointments stay booked, even if they are closer together. Allowed for admins.
         */
        put: operations["setTravelTimes"];
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
         * List accounts, oldest first
         * @description Allowed for admins.
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
         * Change the role of an account
         * @description Signs the account out everywhere and revokes its keys that have another role, and the keys that those issued. You cannot change your own role, and the last admin stays an admin.
         *
         *     A front desk account with `location_ids` sees and changes only what is at these locations: appointments, sessions, series, walk-ins, messages, time off and closures. Everything elsewhere does not exist for it. Records of patients belong to the whole clinic. Without `location_ids` an account stays bound as it was; null or an empty list binds it to none. Allowed for admins.
         */
        patch: operations["changeRole"];
        trace?: never;
    };
    "/accounts/{id}/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an account another email address
         * @description For a person who can no longer read their old mailbox. The front desk can do this for patients, an admin for anyone else. Check who the person is first, and say how in `reason`: the patient’s record keeps it. The account is signed out everywhere, and both addresses get an email. Passkeys and API keys stay. Allowed for the front desk and admins.
         */
        post: operations["restoreAccess"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
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
         * List API keys, oldest first
         * @description Allowed for admins.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Create an API key
         * @description A key never has more rights than its owner. Its role is the role of the owner; if the owner is an admin, it can also be `front_desk`. A key can only issue keys for its own owner, with no more scopes and no later expiry than its own. To issue a key for someone else, use the operator’s terminal. Allowed for admins.
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
         * Revoke an API key
         * @description Also revokes every key that this key issued, and the keys that those issued. This cannot be undone. The keys can change nothing from this moment on; where one was just in use, it may still read for up to a minute. Allowed for admins.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/security-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List security events, newest first
         * @description Events are kept for a year, and those about signing in for 90 days. They contain no names and no email addresses. Allowed for admins.
         */
        get: operations["listSecurityEvents"];
        put?: never;
        post?: never;
        delete?: never;
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
         * Get failures, slow statements and sizes
         * @description Live figures, the same as on the page `/admin/health`. Allowed for admins.
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
        /** @description Time off of a doctor, a closure of a location, or an absence of a room or device */
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
            /** @description Local time at the location */
            start_local: string;
            /** @description Local time at the location */
            end_local: string;
            /** @description IANA time zone of the location */
            time_zone: string;
            /** @description Only of time off: the location where the doctor is away; null means all of theirs */
            location_id?: number | null;
            /**
             * @description Of time off: the doctor is away, busy in the clinic (a block), or kept in reserve: then only the front desk can book
             * @enum {string}
             */
            kind?: "away" | "block" | "reserve";
            /** @description For clinic staff only */
            reason: string | null;
            /** @description Appointments already booked in that time. They stay booked, so the clinic should contact these patients. */
            appointment_ids: number[];
        };
        /** @description A person who can sign in */
        Account: {
            id: number;
            email: string;
            name: string;
            /** @enum {string} */
            role: "patient" | "front_desk" | "doctor" | "admin";
            /** @description The doctor it belongs to, if the role is `doctor` */
            doctor_id: number | null;
            /** @description The locations that an account of the front desk is bound to; null if it works at all of them */
            location_ids: number[] | null;
            /** @description Counts the changes of what it may do. Send it in double quotes as `If-Match` to change the role. */
            version: number;
        };
        /** @description An API key of another system, without the key itself */
        ApiKey: {
            id: number;
            name: string;
            owner_id: number;
            /** @enum {string} */
            role: "patient" | "front_desk" | "doctor" | "admin";
            scopes: ("appointments:read" | "appointments:write" | "clinic:manage" | "accounts:manage")[];
            /** @description The account that issued it; null if an operator did, or before this was recorded */
            issued_by: number | null;
            /** @description The key that issued it, if a key did. Revoking that key revokes this one too. */
            issued_by_key_id: number | null;
            last_used_at: string | null;
            expires_at: string | null;
            revoked_at: string | null;
        };
        /** @description An appointment of a patient with a doctor */
        Appointment: {
            id: number;
            doctor_id: number;
            /** @description Null for a hold that has no patient yet, and for a session */
            patient_id: number | null;
            /** @description Null if the front desk booked it without a visit type */
            visit_type_id: number | null;
            location_id: number;
            /**
             * @description FHIR R4 status; `pending` is a hold or waits for approval
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
            /** @description Local time at the location */
            start_local: string;
            /** @description Local time at the location */
            end_local: string;
            /** @description IANA time zone of the location */
            time_zone: string;
            /** @description Until when the clinic can confirm or decline it; null unless it waits for that */
            awaits_approval_until: string | null;
            /** @description Why the clinic declined it */
            decline_reason: string | null;
            /** @description FHIR participation status: `accepted` once the patient has said that they will come at this time. It becomes null when the appointment moves. */
            patient_response: "accepted" | null;
            /** @description When the patient was checked in */
            arrived_at: string | null;
            arrived_local: string | null;
            /** @description When the doctor began: if the status is `arrived`, this is FHIR’s `checked-in` */
            started_at: string | null;
            started_local: string | null;
            /** @description In the patient’s own words; null to companions */
            reason_for_visit: string | null;
            /** @description Everyone who takes part: the doctor and the patient first, then colleagues and companions */
            participants: {
                /** @enum {string} */
                type: "doctor" | "patient";
                id: number;
                name: string;
                /** @description What a colleague does here, such as `nurse` */
                role?: string;
            }[];
            /** @description Rooms and devices it takes; patients see only the rooms */
            resources: {
                id: number;
                /** @enum {string} */
                type: "room" | "device";
                kind: string;
                name: string;
            }[];
            /** @description The session that the patient takes part in, if it is for a group */
            session_id: number | null;
            /** @description Only of a session: how many patients may take part */
            capacity?: number;
            /** @description Only of a session: how many take part */
            places_taken?: number;
            /** @description The series that it was booked with */
            series_id: number | null;
            /** @description Why it was booked outside the doctor’s hours. Only staff can see it. */
            override_reason?: string | null;
            /** @description From the doctor or the front desk. Only staff can see it. */
            note?: string | null;
        };
        /** @description A change to an appointment. Events never change. */
        AppointmentEvent: {
            /** @description Counts up from 1 without gaps */
            number: number;
            /** @enum {string} */
            kind: "appointment.held" | "appointment.extended" | "appointment.released" | "appointment.booked" | "appointment.walked_in" | "appointment.rescheduled" | "appointment.cancelled" | "appointment.arrived" | "appointment.fulfilled" | "appointment.missed" | "appointment.reopened" | "appointment.reassigned" | "appointment.resized" | "appointment.requested" | "appointment.confirmed" | "appointment.declined" | "appointment.lapsed" | "appointment.people_changed" | "appointment.visit_type_changed" | "appointment.started" | "appointment.start_undone" | "appointment.noted" | "appointment.time_zone_corrected";
            /**
             * Format: date-time
             * @description In UTC
             */
            at: string;
            /** @description The role of the person or system that made the change */
            actor: string;
            account_id: number | null;
            api_key_id: number | null;
            /** @description The `X-Request-Id` of the request that made the change */
            request_id: string | null;
            reason: string | null;
            /** @description The appointment before the change; null if it did not exist. `undoes` is the number of the event that this one takes back. */
            before: Record<string, never> | null;
            /** @description The appointment after the change. It has `room_ids`, `device_ids`, `colleague_ids` and `companion_ids` when it takes any. */
            after: Record<string, never>;
        };
        /** @description Books a hold, which already has the time, the doctor and the visit type. */
        BookingOfHold: {
            hold_id: components["schemas"]["Id"];
            patient_id?: components["schemas"]["Id"];
            /** @description One line of 1 to 500 characters, none of them invisible. Spaces around it are removed. */
            reason_for_visit?: string;
        };
        /** @description Books a place in a session, which already has the time, the doctor and the visit type. */
        BookingOfPlace: {
            session_id: components["schemas"]["Id"];
            patient_id?: components["schemas"]["Id"];
            /** @description One line of 1 to 500 characters, none of them invisible. Spaces around it are removed. */
            reason_for_visit?: string;
        };
        /** @description Books a free time. Send a `visit_type_id`; the front desk can send an `end_at` instead. */
        BookingOfSlot: {
            doctor_id?: components["schemas"]["Id"];
            location_id?: components["schemas"]["Id"];
            /** @description One line of 1 to 100 characters, none of them invisible. Spaces around it are removed. */
            specialty?: string;
            patient_id?: components["schemas"]["Id"];
            visit_type_id?: components["schemas"]["Id"];
            start_at: components["schemas"]["Minute"];
            end_at?: components["schemas"]["Minute"];
            /** @description One line of 1 to 500 characters, none of them invisible. Spaces around it are removed. */
            override_reason?: string;
            /** @description One line of 1 to 500 characters, none of them invisible. Spaces around it are removed. */
            reason_for_visit?: string;
            colleague_ids?: components["schemas"]["Id"][];
            companion_ids?: components["schemas"]["Id"][];
            resource_ids?: components["schemas"]["Id"][];
        };
        /**
         * Format: date
         * @description A date in the years 1900 to 2999
         * @example 2026-11-23
         */
        CalendarDate: string;
        /** @description A patient’s wish to correct their name, birth date or sex */
        CorrectionRequest: {
            id: number;
            patient_id: number;
            /** @description What the record should say */
            changes: {
                name?: string;
                birth_date?: string | null;
                /** @description Sex as recorded for care, in FHIR R4’s codes */
                sex?: ("female" | "male" | "other" | "unknown") | null;
            };
            /** @enum {string} */
            status: "open" | "accepted" | "declined" | "withdrawn";
            /**
             * Format: date-time
             * @description In UTC
             */
            requested_at: string;
            decided_at: string | null;
            /** @description Why it was declined */
            reason: string | null;
        };
        /** @description A doctor who can be booked */
        Doctor: {
            id: number;
            name: string;
            specialty: string;
            /** @description What they do, in the clinic’s words, such as `nurse`. Visit types ask for roles. */
            role: string;
            /** @description Appointments start at multiples of this many minutes after midnight */
            grid_minutes: number;
            /** @description False once they are retired: nobody can book them */
            is_active: boolean;
            /** @description If false, patients do not see them and cannot book; staff can */
            is_listed: boolean;
            /** @description Lists begin with the lowest; then come names */
            sort_order: number;
            /** @description Counts the changes; the `ETag` begins with it */
            version: number;
            /** @description Where they work, all in one time zone */
            locations: {
                id: number;
                name: string;
                /** @description IANA time zone of the location */
                time_zone: string;
            }[];
            /**
             * @deprecated
             * @description The first of `locations`
             */
            location: {
                id: number;
                name: string;
                /** @description IANA time zone of the location */
                time_zone: string;
            };
            /** @description The hours that apply today */
            weekly_hours: {
                /** @description ISO 8601: 1 is Monday, 7 is Sunday */
                weekday: number;
                /** @description Local time at the location; 24:00 is the end of the day */
                opens_at: string;
                /** @description Local time at the location; 24:00 is the end of the day */
                closes_at: string;
                location_id: number;
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
         * @description An email address. It is stored in lower case, and spaces around it are removed.
         * @example zero@example.com
         */
        Email: string;
        /** @description What became of an erased patient */
        Erasure: {
            /** @description The record that stays, if the other was merged into it */
            patient_id: number;
            /**
             * Format: date-time
             * @description In UTC
             */
            erased_at: string;
            cancelled_appointment_ids: number[];
            closed_account_ids: number[];
        };
        /** @description What each rule of the search takes of a day */
        Explanation: {
            doctor_id: number;
            doctor_name: string;
            visit_type_id: number;
            visit_type_name: string;
            locations: {
                id: number;
                name: string;
            }[];
            /** Format: date */
            on: string;
            /** @description IANA time zone of the location */
            time_zone: string;
            /** @description Why no rule was reached; null if they were */
            stopped_by: ("doctor_retired" | "location_closed" | "visit_type_withdrawn" | "sessions_only" | "not_offered" | "front_desk_only") | null;
            terms: {
                minutes: number;
                buffer_before_minutes: number;
                buffer_after_minutes: number;
                notice_minutes: number;
                horizon_days: number;
                daily_cap: number | null;
                grid_minutes: number;
                /** @description Appointments of this visit type that the doctor has that day */
                booked: number;
                /** @description When the notice ends */
                earliest_local: string;
                /**
                 * Format: date
                 * @description The last day within the horizon
                 */
                last_day: string;
            };
            /** @description In the order in which they apply */
            rules: {
                /**
                 * @description `needs` are rooms, devices and people; `past` is time that is over; `grid` makes starts of the time that is left
                 * @enum {string}
                 */
                rule: "hours" | "time_off" | "closures" | "appointments" | "buffers" | "travel" | "needs" | "past" | "notice" | "horizon" | "cap" | "grid";
                /** @description After this rule; null if nothing was left before it */
                minutes_left: number | null;
                remaining: {
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
                    /** @description Local time at the location */
                    start_local: string;
                    /** @description Local time at the location */
                    end_local: string;
                }[];
                /** @description What this rule took */
                taken: {
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
                    /** @description Local time at the location */
                    start_local: string;
                    /** @description Local time at the location */
                    end_local: string;
                }[];
                /** @description What the rule goes by on that day, whether it took something or not */
                causes: {
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
                    /** @description Local time at the location */
                    start_local: string;
                    /** @description Local time at the location */
                    end_local: string;
                    /** @description Of the time off, the closure or the appointment, if you may see it */
                    id: number | null;
                    /** @description The reason, the patient, the location that they come from or go to, or the room, device or person that is taken. Null if there is none or you may not see it. */
                    name: string | null;
                    /** @description Of time off */
                    kind: ("away" | "block" | "reserve") | null;
                    /** @description Who takes the room, device or person */
                    doctor_name: string | null;
                    location_name: string | null;
                }[];
                /** @description The free times there would be if only this rule did not exist. Null for rules that cannot be left out, and for those that were not reached. */
                without_it: {
                    times: number;
                    first_start_local: string | null;
                } | null;
            }[];
            /** @description The times that the search finds on that day */
            free: {
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
                /** @description Local time at the location */
                start_local: string;
                /** @description Local time at the location */
                end_local: string;
            }[];
            /** @description The first free time on a later day */
            next: components["schemas"]["Slot"] | null;
            /** @description Other visit types of the doctor that fit on that day, with their first start */
            instead: {
                visit_type_id: number;
                name: string;
                /** @description Local time at the location */
                start_local: string;
            }[];
        };
        ExportedAccount: {
            id: number;
            /**
             * @description What the patient is to the account
             * @enum {string}
             */
            relation: "self" | "dependant";
            /** Format: date-time */
            linked_at: string;
            ends_on: string | null;
            notice_sent_at: string | null;
            /** @description This and what follows: only of the person’s own account */
            email?: string;
            email_verified?: boolean;
            name?: string;
            image?: string | null;
            role?: string;
            /** @description What one of the clinic’s own people chose to be told by email */
            wanted_messages?: string | null;
            terms_accepted_at?: string | null;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
            closed_at?: string | null;
            /** @description The other patients it acts for */
            acts_for_patient_ids?: number[];
            passkeys?: {
                name: string;
                is_backed_up: boolean;
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                last_used_at: string;
            }[];
            sessions?: {
                /** Format: date-time */
                created_at: string;
                /** Format: date-time */
                last_seen_at: string;
                /** Format: date-time */
                expires_at: string;
                device: string | null;
                place: string | null;
                signed_in_with: string;
                ip_address: string | null;
                user_agent: string | null;
            }[];
            email_changes?: {
                new_email: string;
                /** Format: date-time */
                asked_at: string;
                /** Format: date-time */
                expires_at: string;
                ended_at: string | null;
            }[];
            api_keys?: {
                name: string;
                role: string;
                scopes: string[];
                /** Format: date-time */
                created_at: string;
                last_used_at: string | null;
                expires_at: string | null;
                revoked_at: string | null;
            }[];
            security_events?: {
                /** Format: date-time */
                at: string;
                kind: string;
                /** @description The role of the person or system that did it */
                actor: string;
                place: string | null;
                details: Record<string, never>;
            }[];
        };
        ExportedAppointment: {
            id: number;
            patient_id: number;
            status: string;
            version: number;
            /** Format: date-time */
            start_at: string;
            start_local: string;
            /** Format: date-time */
            end_at: string;
            end_local: string;
            time_zone: string;
            location: string;
            doctor: string;
            visit_type: string | null;
            reason_for_visit: string | null;
            override_reason: string | null;
            hold_expires_at: string | null;
            /** @description When the patient came */
            arrived_at: string | null;
            /** @description When the doctor began */
            started_at: string | null;
            /** @description What the clinic’s own people wrote for one another */
            note: string | null;
            /** @description When the patient last said that they will come */
            responded_at: string | null;
            /** @description The start for which they said so */
            response_start_at: string | null;
            events: {
                number: number;
                kind: string;
                /** Format: date-time */
                at: string;
                /** @description The role of the person or system that did it */
                actor: string;
                reason: string | null;
                /** @description The facts that changed, with their new values */
                changes: Record<string, never>;
            }[];
        };
        ExportedMessage: {
            id: number;
            kind: string;
            days_before: number | null;
            state: string;
            reason: string | null;
            channel: string | null;
            /** @description Null if it went to someone who acts for the person */
            address: string | null;
            language: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            due_at: string;
            sent_at: string | null;
            delivered_at: string | null;
            appointment_ids: number[];
        };
        ExportedRecord: {
            id: number;
            version: number;
            name: string;
            called_name: string | null;
            birth_date: string | null;
            sex: string | null;
            phone: string | null;
            contact_email: string | null;
            /** @description The address by which earlier releases linked an account */
            email: string | null;
            languages: string[];
            preferred_channel: string | null;
            address: string | null;
            /** @description A note of the front desk */
            desk_note: string | null;
            is_deceased: boolean;
            is_active: boolean;
            /** @description The record it was merged into */
            moved_to_id: number | null;
            is_on_legal_hold: boolean;
            erased_at: string | null;
            /** Format: date-time */
            created_at: string;
            identifiers: {
                issuer: string;
                value: string;
            }[];
        };
        /**
         * @description Appointments start at multiples of this many minutes after midnight
         * @enum {integer}
         */
        GridMinutes: 5 | 10 | 15 | 20 | 30 | 40 | 45 | 60 | 80 | 90 | 120 | 160 | 180 | 240 | 360 | 480 | 720;
        /** @description Failures, slow statements, table sizes and versions */
        Health: {
            /**
             * Format: date-time
             * @description In UTC
             */
            at: string;
            /** @enum {string} */
            environment: "local" | "staging" | "production";
            /** @description The deployed commit */
            release: string;
            postgres: string;
            /** @description The version of PostgreSQL’s time zone data */
            tzdata: string;
            migration: {
                /** @description The last migration that ran; null if this release does not know it */
                last: string | null;
                /** @description The last migration of this release */
                expected: string;
            };
            /** @description Requests to hold, book, reschedule, cancel or otherwise change an appointment */
            appointments: {
                done: {
                    /**
                     * @description The API, the web pages, or where providers tell what became of messages
                     * @enum {string}
                     */
                    door: "api" | "providers" | "web";
                    /** @description In the last 60 to 65 minutes */
                    last_hour: number;
                    /** @description In the last 24 hours */
                    last_day: number;
                }[];
                failed_by_door: {
                    /**
                     * @description The API, the web pages, or where providers tell what became of messages
                     * @enum {string}
                     */
                    door: "api" | "providers" | "web";
                    /** @description In the last 60 to 65 minutes */
                    last_hour: number;
                    /** @description In the last 24 hours */
                    last_day: number;
                }[];
                failed_by_code: {
                    /** @description The problem code */
                    code: string;
                    /** @description In the last 60 to 65 minutes */
                    last_hour: number;
                    /** @description In the last 24 hours */
                    last_day: number;
                }[];
                /** @description The five doctors with the most failures; null stands for requests that named no doctor */
                failed_by_doctor: {
                    doctor_id: number | null;
                    name: string | null;
                    /** @description In the last 60 to 65 minutes */
                    last_hour: number;
                    /** @description In the last 24 hours */
                    last_day: number;
                }[];
                /** @description The last 24 clock hours, including the current one */
                failed_by_hour: {
                    /**
                     * Format: date-time
                     * @description The start of the hour
                     */
                    at: string;
                    failures: number;
                }[];
            };
            /** @description Messages that should have gone out more than five minutes ago */
            messages: {
                overdue: number;
                /** @description When the first of them was due */
                since: string | null;
                /** @description Of these: changes that no one has been told of, because nothing plans messages */
                untold: number;
                /** @description Of these: messages above the day’s limit */
                limited: number;
                /** @description Of these: messages that a provider has not taken yet */
                tried: number;
            };
            slowest_statements: {
                /** @description Why `pg_stat_statements` has no figures; null if it has */
                unknown_because: ("not_installed" | "not_loaded" | "not_permitted") | null;
                /** @description Slowest mean first */
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
                /** @description An estimate */
                rows: number;
                bytes: number;
                index_bytes: number;
            }[];
            indexes: {
                name: string;
                table: string;
                bytes: number;
                scans: number;
                /** @description Never scanned, and not needed by a constraint */
                is_unused: boolean;
            }[];
            /** @description When PostgreSQL last reset its counts; null if never */
            indexes_watched_since: string | null;
        };
        /** @description A new doctor, without hours and visit types */
        HiredDoctor: {
            id: number;
            name: string;
            location_ids: number[];
            /**
             * @deprecated
             * @description The first of `location_ids`
             */
            location_id: number;
            specialty: string;
            /** @description What they do, in the clinic’s words, such as `nurse`. Visit types ask for roles. */
            role: string;
            grid_minutes: number;
            is_listed: boolean;
            sort_order: number;
            /** @description Counts the changes; the `ETag` begins with it */
            version: number;
        };
        /** @description A slot held for ten minutes. Once booked, the appointment has the same id. */
        Hold: {
            id: number;
            doctor_id: number;
            /** @description Null for a hold that has no patient yet, and for a session */
            patient_id: number | null;
            /** @description Null if the front desk booked it without a visit type */
            visit_type_id: number | null;
            location_id: number;
            /**
             * @description FHIR R4 status; `pending` is a hold or waits for approval
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
            /** @description Local time at the location */
            start_local: string;
            /** @description Local time at the location */
            end_local: string;
            /** @description IANA time zone of the location */
            time_zone: string;
            /** @description The session that the patient takes part in, if it is for a group */
            session_id: number | null;
            /** @description The slot is held until then; null once it is booked */
            expires_at: string | null;
        };
        /** @description Holds a place in a session, which already has the time, the doctor and the visit type. */
        HoldOfPlace: {
            session_id: components["schemas"]["Id"];
            patient_id?: components["schemas"]["Id"];
        };
        /** @description Holds a free time. */
        HoldOfSlot: {
            doctor_id?: components["schemas"]["Id"];
            location_id?: components["schemas"]["Id"];
            /** @description One line of 1 to 100 characters, none of them invisible. Spaces around it are removed. */
            specialty?: string;
            patient_id?: components["schemas"]["Id"];
            visit_type_id?: components["schemas"]["Id"];
            start_at: components["schemas"]["Minute"];
            end_at?: components["schemas"]["Minute"];
        };
        /**
         * @description A positive whole number, or the same as a string of digits
         * @example 7
         * @example 7
         */
        Id: number | string;
        /**
         * @description A date and time with a UTC offset (RFC 3339), in the years 1900 to 2999. Seconds are optional.
         * @example 2026-11-23T09:00:00+07:00
         * @example 2026-11-23T02:00Z
         */
        Instant: string;
        /** @description An open invitation to a patient’s record */
        Invitation: {
            id: number;
            /** Format: email */
            email: string;
            /**
             * @description `self`: the patient’s own account; `dependant`: of someone who looks after them
             * @enum {string}
             */
            relation: "self" | "dependant";
            /**
             * Format: date-time
             * @description In UTC
             */
            expires_at: string;
        };
        /** @description A new API key */
        IssuedApiKey: {
            id: number;
            name: string;
            owner_id: number;
            /** @enum {string} */
            role: "patient" | "front_desk" | "doctor" | "admin";
            scopes: ("appointments:read" | "appointments:write" | "clinic:manage" | "accounts:manage")[];
            /** @description The account that issued it; null if an operator did, or before this was recorded */
            issued_by: number | null;
            /** @description The key that issued it, if a key did. Revoking that key revokes this one too. */
            issued_by_key_id: number | null;
            last_used_at: string | null;
            expires_at: string | null;
            revoked_at: string | null;
            /** @description For `Authorization: Bearer`. Only shown once. */
            key: string;
        };
        /** @description Whether a patient’s data must be kept */
        LegalHold: {
            patient_id: number;
            is_on_legal_hold: boolean;
        };
        /** @description An account that can act for a patient */
        Link: {
            account_id: number;
            name: string;
            /** @description Null unless you are the front desk, or it is your own account */
            email: string | null;
            /**
             * @description `self`: the patient’s own account; `dependant`: of someone who looks after them
             * @enum {string}
             */
            relation: "self" | "dependant";
            /**
             * Format: date-time
             * @description In UTC
             */
            linked_at: string;
            /**
             * Format: date
             * @description The first day on which the account can no longer act for the patient
             */
            ends_on: string | null;
        };
        /** @description Where doctors work */
        Location: {
            id: number;
            name: string;
            /** @description IANA time zone of the location */
            time_zone: string;
            address: string | null;
            phone: string | null;
            /** @description How to find it. Messages say it. */
            directions: string | null;
            /** @description Where the location itself gets its messages. For clinic staff only. */
            email?: string | null;
            /**
             * @description Which messages it gets; each choice includes the one before. For clinic staff only.
             * @enum {string}
             */
            wanted_messages?: "nothing" | "approvals" | "next_24_hours" | "everything";
            /** @description False once it is closed for good: nothing can be booked there */
            is_active: boolean;
            /** @description If false, patients do not see it and cannot book; staff can */
            is_listed: boolean;
            /** @description Lists begin with the lowest; then come names */
            sort_order: number;
            /** @description Counts the changes; the `ETag` begins with it */
            version: number;
        };
        /** @description A message to one recipient about one or more appointments */
        Message: {
            id: number;
            /**
             * @description What it says
             * @enum {string}
             */
            kind: "requested" | "booked" | "declined" | "lapsed" | "moved" | "cancelled" | "reminder" | "missed" | "approval_requested" | "staff_booked" | "staff_moved" | "staff_cancelled";
            /** @description Of a reminder: how many days before the appointment */
            days_before: number | null;
            /** @enum {string} */
            state: "due" | "sending" | "sent" | "failed" | "skipped";
            /** @description Why it was skipped, failed or put off: one of our codes, or what the provider says */
            reason: string | null;
            recipient: {
                /** @enum {string} */
                type: "account" | "patient" | "location";
                id: number;
                name: string;
            };
            /** @description Null before the first attempt */
            channel: ("email" | "whatsapp" | "sms") | null;
            /** @description The email address or phone number; null before the first attempt */
            address: string | null;
            language: ("en" | "id") | null;
            /**
             * Format: date-time
             * @description In UTC
             */
            due_at: string;
            /** @description When it is tried next; null if it no longer is */
            try_at: string | null;
            attempts: number;
            provider: string | null;
            /** @description The provider’s id of the message */
            provider_id: string | null;
            /** @description When the provider accepted it */
            sent_at: string | null;
            /** @description When it arrived, if the provider says so */
            delivered_at: string | null;
            appointments: {
                id: number;
                patient_id: number | null;
                /**
                 * Format: date-time
                 * @description In UTC
                 */
                start_at: string;
                /** @description Local time at the location */
                start_local: string;
                /** @description IANA time zone of the location */
                time_zone: string;
            }[];
        };
        /**
         * @description A date and time with a UTC offset (RFC 3339), on a whole minute in the years 1900 to 2999. Seconds are optional.
         * @example 2026-11-23T09:00:00+07:00
         * @example 2026-11-23T02:00Z
         */
        Minute: string;
        /**
         * @description A date and time on a whole minute in the years 1900 to 2999: with a UTC offset (RFC 3339), or without one on the clock of the location. Seconds are optional.
         * @example 2026-11-23T09:00:00+07:00
         * @example 2026-11-23T09:00
         */
        MinuteOrWallClock: string;
        /** @description An invitation that was just sent */
        NewInvitation: {
            id: number;
            /** Format: email */
            email: string;
            /**
             * @description `self`: the patient’s own account; `dependant`: of someone who looks after them
             * @enum {string}
             */
            relation: "self" | "dependant";
            /**
             * Format: date-time
             * @description In UTC
             */
            expires_at: string;
            /** @description Give it to the person yourself, for example by phone. It is not in the email. */
            code: string;
        };
        /** @description A person who has appointments */
        Patient: {
            id: number;
            name: string;
            /** @description What to call them, if it is not their name */
            called_name: string | null;
            birth_date: string | null;
            /** @description Sex as recorded for care, in FHIR R4’s codes */
            sex: ("female" | "male" | "other" | "unknown") | null;
            /** @description In E.164 */
            phone: string | null;
            /** @description Where they are written to; a family may share it */
            contact_email: string | null;
            /** @description BCP 47 tags, the preferred language first */
            languages: string[];
            preferred_channel: ("email" | "whatsapp" | "sms" | "phone") | null;
            /** @description May have several lines */
            address: string | null;
            identifiers: {
                /** @enum {string} */
                issuer: "nik" | "bpjs" | "passport" | "record";
                value: string;
            }[];
            is_deceased: boolean;
            /** @description If false, no appointments can be booked for them */
            is_active: boolean;
            /** @description Only staff can see it */
            desk_note?: string | null;
            /** @description What the front desk must know when they come. Only staff can see it. */
            flags?: ("form_missing" | "interpreter" | "balance")[];
            /** @description They cannot be erased. Only staff can see it. */
            is_on_legal_hold?: boolean;
            /** @description The record that took the place of this one */
            moved_to_id: number | null;
            erased_at: string | null;
        };
        /** @description One of the clinic’s own people opened a patient’s record */
        PatientAccess: {
            id: number;
            /** Format: date-time */
            at: string;
            /**
             * @description What they saw: the record, its history, or an export of everything
             * @enum {string}
             */
            what: "record" | "history" | "export";
            /**
             * @description Their role at the time
             * @enum {string}
             */
            actor_kind: "front_desk" | "doctor" | "admin";
            /** @description Another system opened the record with an API key of theirs */
            is_by_key: boolean;
            /** @description Who it was. Only admins see it. */
            account_id: number | null;
        };
        /** @description A change to a patient’s record */
        PatientEvent: {
            id: number;
            /** @description The record it happened to: this one, or one that was merged into it */
            patient_id: number;
            /** @enum {string} */
            kind: "patient.registered" | "patient.corrected" | "patient.correction_requested" | "patient.correction_declined" | "patient.invited" | "patient.linked" | "patient.unlinked" | "patient.access_restored" | "patient.merged" | "patient.unmerged" | "patient.exported" | "patient.identity_confirmed" | "patient.erased";
            /** Format: date-time */
            at: string;
            /** @description The role of the person or system that did it */
            actor: string;
            account_id: number | null;
            api_key_id: number | null;
            /** @description The `X-Request-Id` of the request that made the change */
            request_id: string | null;
            reason: string | null;
            /** @description The fields that changed, as they were */
            before: Record<string, never> | null;
            /** @description The same, as they are */
            after: Record<string, never> | null;
        };
        /** @description Everything that the clinic keeps about a person. The clinic’s own people and other patients appear by role or id. */
        PatientExport: {
            /** @description Grows by one when a key changes its meaning. New keys may be added at any time. */
            format: number;
            /** Format: date-time */
            made_at: string;
            patient_id: number;
            /** @description The record, then those that were merged into it */
            records: components["schemas"]["ExportedRecord"][];
            /** @description From first to last */
            appointments: components["schemas"]["ExportedAppointment"][];
            /** @description The accounts that act for the person; their own comes first */
            accounts: components["schemas"]["ExportedAccount"][];
            /** @description To the person or about their appointments; oldest first */
            messages: components["schemas"]["ExportedMessage"][];
            /** @description When the person came without an appointment, and what they were booked */
            walk_ins: {
                day: string;
                number: number;
                location: string;
                doctor: string | null;
                visit_type: string;
                /** Format: date-time */
                came_at: string;
                left_at: string | null;
                appointment_id: number | null;
            }[];
            /** @description What the front desk is told about the person */
            flags: {
                flag: string;
                /** Format: date-time */
                set_at: string;
            }[];
            /** @description Which kinds of message the person chose to get, or not */
            message_preferences: {
                kind: string;
                /** @enum {string} */
                choice: "wanted" | "unwanted";
                /** Format: date-time */
                chosen_at: string;
            }[];
            record_events: {
                patient_id: number;
                kind: string;
                /** Format: date-time */
                at: string;
                /** @description The role of the person or system that did it */
                actor: string;
                reason: string | null;
                before: Record<string, never> | null;
                after: Record<string, never> | null;
            }[];
            correction_requests: {
                patient_id: number;
                changes: Record<string, never>;
                status: string;
                /** Format: date-time */
                requested_at: string;
                decided_at: string | null;
                reason: string | null;
            }[];
            invitations: {
                patient_id: number;
                /** @description Null if it is not an address of the person */
                email: string | null;
                /** @description What the patient becomes to the account */
                relation: string;
                /** Format: date-time */
                invited_at: string;
                mailed_at: string | null;
                /** Format: date-time */
                expires_at: string;
                accepted_at: string | null;
                withdrawn_at: string | null;
                /** @description Wrong answers to it */
                failures: number;
            }[];
            merges: {
                from_id: number;
                into_id: number;
                /** Format: date-time */
                merged_at: string;
                undone_at: string | null;
            }[];
            accesses: {
                patient_id: number;
                /** Format: date-time */
                at: string;
                /** @description The role of the person or system that did it */
                actor: string;
                with_key: boolean;
                /**
                 * @description What they saw: the record, its history, or an export of everything
                 * @enum {string}
                 */
                what: "record" | "history" | "export";
            }[];
        };
        /** @description What the front desk must know when a patient comes */
        PatientFlags: {
            patient_id: number;
            flags: ("form_missing" | "interpreter" | "balance")[];
        };
        /** @description Two records of one person that became one */
        PatientMerge: {
            id: number;
            /** @description The record that went */
            from_id: number;
            /** @description The record that stays */
            into_id: number;
            /**
             * Format: date-time
             * @description In UTC
             */
            merged_at: string;
            /**
             * Format: date-time
             * @description Until then the merge can be undone
             */
            undo_until: string;
            undone_at: string | null;
            /** @description The appointments that moved */
            appointment_ids: number[];
            /** @description The fields that were empty and were filled from the other record */
            filled: string[];
        };
        /** @description Enough about a patient to tell two of the same name apart */
        PatientSummary: {
            id: number;
            name: string;
            /** @description What to call them, if it is not their name */
            called_name: string | null;
            birth_date: string | null;
            /** @description The last four digits of the phone number */
            phone_ending: string | null;
            /** @description The clinic’s own number for them */
            record_number: string | null;
            /** @description False once they are no longer a patient here */
            is_active: boolean;
            is_deceased: boolean;
        };
        /** @description A date of a series that is being planned */
        PlannedDate: {
            /**
             * Format: date
             * @description The date of the rule
             */
            date: string;
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
            /** @description Local time at the location */
            start_local: string;
            /** @description Local time at the location */
            end_local: string;
            /** @description IANA time zone of the location */
            time_zone: string;
            /** @description The code of the problem that keeps it from being booked, such as `slot_taken`; null if it is free */
            refusal: string | null;
            /** @description Up to three free times near it, the nearest first */
            alternatives: {
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
                /** @description Local time at the location */
                start_local: string;
                /** @description Local time at the location */
                end_local: string;
            }[];
        };
        /** @description Why the request failed, and what to do about it (RFC 9457) */
        Problem: {
            /** @description A page that explains the code */
            type: string;
            title: string;
            status: number;
            /** @description What to fix, and what to do next */
            detail: string;
            /**
             * @description A stable code: use it in your program
             * @enum {string}
             */
            code: "may_exist" | "phone_needed" | "patient_inactive" | "identifier_taken" | "nik_disagrees" | "patient_erased" | "already_merged" | "appointments_overlap" | "records_differ" | "undo_expired" | "already_decided" | "too_many_invitations" | "already_linked" | "other_self" | "too_many_dependants" | "on_legal_hold" | "has_future_appointments" | "still_waiting" | "would_be_skipped" | "not_waiting" | "dates_refused" | "keeps_needed" | "clock_times_taken" | "doctors_elsewhere" | "slot_taken" | "patient_busy" | "resource_taken" | "outside_hours" | "off_grid" | "short_notice" | "beyond_horizon" | "day_full" | "not_offered" | "session_needed" | "session_full" | "not_a_group" | "too_few_places" | "in_the_past" | "approval_needed" | "too_late" | "not_yet" | "not_today" | "wrong_status" | "nothing_to_undo" | "language_not_offered" | "too_many_holds" | "too_many_appointments" | "hold_expired" | "already_extended" | "not_your_patient" | "last_admin" | "invalid" | "not_signed_in" | "unknown_key" | "forbidden" | "malformed_json" | "malformed_key" | "key_reused" | "still_running" | "precondition_required" | "stale" | "would_strand" | "no_version" | "not_found" | "method_not_allowed" | "not_acceptable" | "too_large" | "unsupported_media_type" | "too_many_requests" | "unavailable" | "internal";
            /** @description For `invalid` and `keeps_needed`: every value to fix */
            errors?: {
                /** @description The field of the body, as a JSON pointer (RFC 6901) */
                pointer?: string;
                /** @description The query parameter */
                parameter?: string;
                detail: string;
            }[];
            /** @description The next free start on the same day that fits the appointment; null if there is none */
            next_free_start_at?: string | null;
            /** @description For a refused time: the colleague, companion, room or device that is not free */
            missing?: {
                /** @enum {string} */
                type: "doctor" | "patient" | "room" | "device";
                id: number;
                name: string;
            };
            /** @description For a refused time: what the visit type needs and is not available then. Only staff can see it. */
            unmet_need?: {
                /** @enum {string} */
                type: "role" | "room" | "device";
                role: string | null;
                specialty: string | null;
                kinds: string[] | null;
            };
            /** @description For `not_offered`: the visit types of the doctor; empty if you named no doctor */
            offered?: {
                visit_type_id: number;
                name: string;
                minutes: number;
            }[];
            /**
             * @description For a refused change: the current status
             * @enum {string}
             */
            appointment_status?: "pending" | "booked" | "arrived" | "fulfilled" | "cancelled" | "noshow";
            /** @description For `may_exist`: the patients who may be the one to register */
            candidates?: components["schemas"]["PatientSummary"][];
            /** @description For `session_full`: the next sessions of the visit type that have a place */
            next_sessions?: components["schemas"]["Session"][];
            /** @description For `dates_refused`: the dates that cannot be booked, or the appointments that cannot move */
            dates?: (components["schemas"]["PlannedDate"] | {
                appointment_id: number;
                /** Format: date */
                date: string;
                refusal: string;
            })[];
            /** @description For `already_merged`: the record that the other became */
            moved_to?: number;
            /** @description The two appointments at one time; for `patient_busy`, the one that the patient already has */
            overlap?: components["schemas"]["Appointment"][];
            /** @description For `records_differ`: the fields that cannot both be true of one person */
            differing?: string[];
            /** @description For `identifier_taken`: the patient who has the identifier */
            holder?: components["schemas"]["PatientSummary"] | null;
            /** @description For `would_strand`: the appointments ahead, by their start */
            stranded?: {
                id: number;
                /**
                 * Format: date-time
                 * @description In UTC
                 */
                start_at: string;
                /** @description Local time at the location */
                start_local: string;
                /** @description IANA time zone of the location */
                time_zone: string;
            }[];
            /** @description For `keeps_needed`: what is ahead, and the first three appointments with what either choice makes of them */
            concerned?: {
                appointment_count: number;
                session_count: number;
                hold_count: number;
                patient_count: number;
                examples: {
                    appointment_id: number;
                    doctor_name: string;
                    patient_name: string | null;
                    now: {
                        /** Format: date-time */
                        start_at: string;
                        start_local: string;
                        time_zone: string;
                    };
                    /** @description With `clock_time` as `keeps` */
                    clock_time: {
                        /** Format: date-time */
                        start_at: string;
                        start_local: string;
                        time_zone: string;
                    };
                    /** @description With `instant` as `keeps` */
                    instant: {
                        /** Format: date-time */
                        start_at: string;
                        start_local: string;
                        time_zone: string;
                    };
                }[];
            };
            /** @description For `clock_times_taken`: how many conflicts there are */
            conflict_count?: number;
            /** @description For `clock_times_taken`: the first hundred, by start */
            conflicts?: {
                /**
                 * @description `no_such_time`: clocks are set forward past it that night
                 * @enum {string}
                 */
                reason: "no_such_time" | "slot_taken" | "patient_busy" | "resource_taken";
                appointment: {
                    id: number;
                    doctor_name: string;
                    /** @description Null for a session, and for a hold without a patient */
                    patient_name: string | null;
                    location_name: string;
                    /** Format: date-time */
                    start_at: string;
                    start_local: string;
                    time_zone: string;
                };
                /** @description What it would overlap; null for `no_such_time` */
                other: {
                    id: number;
                    doctor_name: string;
                    /** @description Null for a session, and for a hold without a patient */
                    patient_name: string | null;
                    location_name: string;
                    /** Format: date-time */
                    start_at: string;
                    start_local: string;
                    time_zone: string;
                } | null;
            }[];
            /** @description For `doctors_elsewhere`: the other locations, with the doctors who also work there */
            locations?: {
                id: number;
                name: string;
                time_zone: string;
                doctors: {
                    id: number;
                    name: string;
                }[];
            }[];
            /** @description For `has_future_appointments`: the appointments that stand in the way */
            appointment_ids?: number[];
        };
        /** @description A room or a device */
        Resource: {
            id: number;
            location_id: number;
            /** @enum {string} */
            type: "room" | "device";
            /** @description What it can be used for, in the clinic’s words, such as ultrasound */
            kind: string;
            name: string;
            /** @description When several are equally loaded, the lowest is taken first */
            sort_order: number;
            /** @description If false, new appointments cannot take it */
            is_active: boolean;
            /** @description Counts the changes; the `ETag` begins with it */
            version: number;
            /** @description When it can be used; an empty list means always */
            weekly_hours: {
                /** @description ISO 8601: 1 is Monday, 7 is Sunday */
                weekday: number;
                /** @description Local time at the location; 24:00 is the end of the day */
                opens_at: string;
                /** @description Local time at the location; 24:00 is the end of the day */
                closes_at: string;
            }[];
        };
        /** @description An entry of the security log */
        SecurityEvent: {
            id: number;
            /**
             * Format: date-time
             * @description In UTC
             */
            at: string;
            /** @enum {string} */
            kind: "sign_in.code_sent" | "sign_in.refused" | "sign_in.succeeded" | "session.ended" | "passkey.added" | "passkey.removed" | "account.closed" | "email.change_asked" | "email.change_stopped" | "email.changed" | "email.restored" | "role.changed" | "api_key.issued" | "api_key.revoked" | "data.exported" | "data.erased" | "settings.changed" | "invitation.accepted" | "invitation.refused";
            /** @description Who it is about; null if no account had that email address yet */
            account_id: number | null;
            /** @description Who did it: `anonymous`, `system` or a role */
            actor_kind: string;
            /** @description The account that did it, if anyone was signed in */
            by_account_id: number | null;
            /** @description The API key that did it */
            by_api_key_id: number | null;
            /** @description The same for all events from one network; not its address */
            network: string | null;
            /** @description City and country of the network */
            place: string | null;
            request_id: string | null;
            /** @description What the kind adds, such as `from` and `to` of a role */
            details: Record<string, never>;
        };
        /** @description Appointments that were booked together, such as a course of treatment */
        Series: {
            id: number;
            patient_id: number;
            /** @description As it was asked for; single appointments may have moved since */
            rule: {
                every: number;
                /** @enum {string} */
                unit: "day" | "week";
                weekdays?: number[];
                count?: number;
                until?: components["schemas"]["CalendarDate"];
            };
            /**
             * Format: date-time
             * @description In UTC
             */
            created_at: string;
            /** @description Sorted by start; the cancelled ones are among them */
            appointments: components["schemas"]["Appointment"][];
        };
        /** @description A time at which a doctor sees a group. It never shows patients who else takes part. */
        Session: {
            id: number;
            visit_type_id: number;
            doctor_id: number;
            location_id: number;
            /** @enum {string} */
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
            /** @description Local time at the location */
            start_local: string;
            /** @description Local time at the location */
            end_local: string;
            /** @description IANA time zone of the location */
            time_zone: string;
            /** @description How many patients may take part */
            capacity: number;
            /** @description How many places are still free */
            places_left: number;
            /** @description Who takes part. Only staff can see it. */
            participants?: components["schemas"]["Appointment"][];
        };
        /** @description What the clinic decides for itself. None of the limits binds the front desk. */
        Settings: {
            /** @description As patients know the clinic; null means that the pages say AloBooking */
            name: string | null;
            /** @description Of the pages */
            languages: ("en" | "id")[];
            /** @description Open appointments that an account and its dependants may book online */
            most_open_appointments: number;
            /** @description The same, once one of them has attended */
            most_open_appointments_after_visit: number;
            /** @description The same, for an account younger than an hour */
            most_open_appointments_in_first_hour: number;
            /** @description Dependants that an account may register */
            most_dependants: number;
            /** @description The same, for an account younger than an hour */
            most_dependants_in_first_hour: number;
            /** @description Slots that an account may hold at a time */
            most_holds: number;
            /** @description The same, for an account younger than an hour */
            most_holds_in_first_hour: number;
            /** @description Whether staff need a passkey to sign in */
            staff_need_passkeys: boolean;
            /**
             * @description Whether people who register online are asked for their birth date
             * @enum {string}
             */
            asks_birth_date: "no" | "optional" | "required";
            /**
             * @description Whether people who register online are asked for their phone number; phone visits always need one
             * @enum {string}
             */
            asks_phone: "no" | "optional" | "required";
            /**
             * @description Whether people who register online are asked for their sex as recorded for care
             * @enum {string}
             */
            asks_sex: "no" | "optional" | "required";
            /** @description Days after which a hold that no one booked is deleted */
            released_holds_kept_days: number;
            /** @description Days after which an account that never gave a name is deleted */
            unfinished_accounts_kept_days: number;
            /** @description Days after which entries of the security log are deleted */
            security_events_kept_days: number;
            /** @description The same, for entries about signing in */
            sign_in_events_kept_days: number;
            /** @description Days after an appointment until the reasons that people gave are deleted; null keeps them */
            reasons_kept_days: number | null;
            /** @description Seconds that messages about what staff or another system did wait, so that undoing it sends nothing */
            grace_seconds: number;
            /** @description From this local time on, no messages go out; the same as `quiet_until` means never */
            quiet_from: string;
            /** @description The first local time when messages go out again */
            quiet_until: string;
            /**
             * @description The language of pages and messages for people whose own is unknown or none of `languages`
             * @enum {string}
             */
            messages_language: "en" | "id";
            /** @description Whether messages may name the visit type */
            messages_name_visit_type: boolean;
            /** @description Emails that go out on one day (UTC); the rest wait for the next. Null means no limit. */
            most_emails_a_day: number | null;
            /** @description The same, for WhatsApp */
            most_whatsapps_a_day: number | null;
            /** @description The same, for SMS */
            most_sms_a_day: number | null;
            /** @description What one email costs */
            email_cost: number;
            /** @description What one WhatsApp message costs */
            whatsapp_cost: number;
            /** @description What one SMS costs */
            sms_cost: number;
            /** @description Of these costs, as in ISO 4217 */
            currency: string;
            /** @description Days for which messages are listed */
            messages_kept_days: number;
            /** @description Minutes after the start of an appointment after which the front desk is alerted that the patient has not come */
            late_alert_minutes: number;
            /** @description Minutes of waiting after which the front desk is alerted */
            waiting_alert_minutes: number;
            /** @description Minutes with the doctor after which the front desk is alerted */
            with_doctor_alert_minutes: number;
            /** @description Whether doctors see one another’s days on the pages */
            doctors_see_one_another: boolean;
        };
        /** @description A start that can be booked right now */
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
            /** @description Local time at the location */
            start_local: string;
            /** @description Local time at the location */
            end_local: string;
            /** @description IANA time zone of the location */
            time_zone: string;
            visit_type_id: number;
            doctor_id: number;
            doctor_name: string;
            location_id: number;
            location_name: string;
        };
        /** @description The way between two locations, in either direction */
        TravelTime: {
            one_location_id: number;
            other_location_id: number;
            minutes: number;
        };
        /** @description A kind of appointment and its booking rules */
        VisitType: {
            id: number;
            name: string;
            /** @enum {string} */
            mode: "in_person" | "phone" | "video";
            minutes: number;
            /** @description Time the doctor needs before the appointment */
            buffer_before_minutes: number;
            /** @description Time the doctor needs after the appointment */
            buffer_after_minutes: number;
            /** @description How long before the start it can still be booked */
            notice_minutes: number;
            /** @description How long before the start the patient can still cancel or reschedule it */
            cancellation_notice_minutes: number;
            /** @description How many days ahead it can be booked */
            horizon_days: number;
            /** @description Maximum per doctor and day; null means no limit */
            daily_cap: number | null;
            /** @description If false, only the front desk can book it */
            bookable_online: boolean;
            /** @description If true, what patients book waits until the clinic confirms it */
            requires_approval: boolean;
            /** @description How many hours the clinic has to decide, but never longer than until the start */
            approval_hours: number;
            /** @description The people, rooms and devices that every appointment takes besides its doctor, a different one for each need, all at the same location. A location that cannot meet a need has no slots. */
            needs: ({
                /** @constant */
                type: "role";
                /** @description A person with this role */
                role: string;
                /** @description Null means any */
                specialty: string | null;
                /** @description Time it is taken before the appointment */
                before_minutes: number;
                /** @description Time it is taken after the appointment, such as for cleaning */
                after_minutes: number;
            } | {
                /** @enum {string} */
                type: "room" | "device";
                /** @description One room or device of any of these kinds */
                kinds: string[];
                /** @description Time it is taken before the appointment */
                before_minutes: number;
                /** @description Time it is taken after the appointment, such as for cleaning */
                after_minutes: number;
            })[];
            /** @description False once it is withdrawn: nobody can book it */
            is_active: boolean;
            /** @description Lists begin with the lowest; then come names */
            sort_order: number;
            /** @description Counts the changes; the `ETag` begins with it */
            version: number;
            /** @description How many patients a session has room for; null if it is for one patient */
            capacity: number | null;
            /** @description How many days before it patients are reminded */
            reminder_days: number[];
            /** @description If true, no message is sent about it */
            is_silent: boolean;
            /** @description What patients should bring. Messages say it. */
            bring: string | null;
            /** @description How patients should prepare. Messages say it. */
            preparation: string | null;
        };
        /** @description The visit type the appointment got, and why. Missing if you book a hold. */
        VisitTypeChosen: {
            visit_type_id: number | null;
            name: string | null;
            /**
             * @description `named`: you sent it. `only_one_of_that_length`: no other has that length. `in_person_first`: the others of that length are not in person. `lowest_id`: several fit equally well. `other_length`: none, because `end_at` is not that of the visit type you sent. `none_named`: none, because the front desk sent none.
             * @enum {string}
             */
            because: "named" | "only_one_of_that_length" | "in_person_first" | "lowest_id" | "other_length" | "none_named";
        };
        /**
         * @description A local date and time at the location, to the minute and without an offset
         * @example 2026-12-24T12:00
         */
        WallClock: string;
        /** @description A time range on a weekday; `closes_at` is not included */
        WeeklyHours: {
            /** @description ISO 8601: 1 is Monday, 7 is Sunday */
            weekday: number;
            /** @description Local time at the location; 24:00 is the end of the day */
            opens_at: string;
            /** @description Local time at the location; 24:00 is the end of the day */
            closes_at: string;
            /** @description The first day these hours apply; null or absent means no limit */
            starts_on?: string | null;
            /** @description The last day these hours apply; null or absent means no limit */
            ends_on?: string | null;
            /** @description Where; absent means the doctor’s only location */
            location_id?: number;
        };
    };
    responses: {
        /** @description `not_offered`: The doctor does not offer this visit type. `invalid`: Some values are missing or invalid. */
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
        /** @description `not_signed_in`: An API key is required. `unknown_key`: The API key is unknown, expired or revoked. */
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
        /** @description `forbidden`: The API key does not allow this. */
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
        /** @description `not_acceptable`: The API only answers in JSON. */
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
        /** @description `unavailable`: The service is temporarily unavailable. */
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
        /** @description `invalid`: Some values are missing or invalid. */
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
        /** @description `phone_needed`: The patient has no phone number for a visit by phone. `outside_hours`: The time is outside the doctor’s hours. `off_grid`: Appointments cannot start at that time. `short_notice`: The time is too soon for this visit type. `beyond_horizon`: The time is too far ahead for this visit type. `day_full`: The doctor takes no more appointments of this visit type that day. `not_offered`: The doctor does not offer this visit type. `session_needed`: The visit type is for groups. `in_the_past`: The time is in the past. `invalid`: Some values are missing or invalid. `key_reused`: The Idempotency-Key was already used for a different request. */
        "phone_needed.outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.session_needed.in_the_past.invalid.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "phone_needed" | "outside_hours" | "off_grid" | "short_notice" | "beyond_horizon" | "day_full" | "not_offered" | "session_needed" | "in_the_past" | "invalid" | "key_reused";
                };
            };
        };
        /** @description `patient_inactive`: The person is no longer a patient here. `slot_taken`: The doctor already has an appointment at that time. `patient_busy`: The patient already has an appointment at that time. `resource_taken`: A colleague, room or device that is needed is not free at that time. `session_full`: The session has no place left. `wrong_status`: The status of the appointment does not allow this. `too_many_appointments`: The account has as many open appointments as it may book online. `hold_expired`: The hold has expired. `still_running`: The first request with this Idempotency-Key is still running. */
        "patient_inactive.slot_taken.patient_busy.resource_taken.session_full.wrong_status.too_many_appointments.hold_expired.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "patient_inactive" | "slot_taken" | "patient_busy" | "resource_taken" | "session_full" | "wrong_status" | "too_many_appointments" | "hold_expired" | "still_running";
                };
            };
        };
        /** @description `not_your_patient`: Your account cannot act for this patient. `forbidden`: The API key does not allow this. */
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
        /** @description `malformed_json`: The body is not valid JSON. `malformed_key`: The Idempotency-Key is malformed. */
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
        /** @description `no_version`: This has no version for If-Match. */
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
        /** @description `slot_taken`: The doctor already has an appointment at that time. `patient_busy`: The patient already has an appointment at that time. `resource_taken`: A colleague, room or device that is needed is not free at that time. `session_full`: The session has no place left. `wrong_status`: The status of the appointment does not allow this. `still_running`: The first request with this Idempotency-Key is still running. */
        "slot_taken.patient_busy.resource_taken.session_full.wrong_status.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "slot_taken" | "patient_busy" | "resource_taken" | "session_full" | "wrong_status" | "still_running";
                };
            };
        };
        /** @description `outside_hours`: The time is outside the doctor’s hours. `off_grid`: Appointments cannot start at that time. `short_notice`: The time is too soon for this visit type. `beyond_horizon`: The time is too far ahead for this visit type. `day_full`: The doctor takes no more appointments of this visit type that day. `not_offered`: The doctor does not offer this visit type. `session_needed`: The visit type is for groups. `in_the_past`: The time is in the past. `too_late`: It is too late to change the appointment. `invalid`: Some values are missing or invalid. `key_reused`: The Idempotency-Key was already used for a different request. */
        "outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.session_needed.in_the_past.too_late.invalid.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "outside_hours" | "off_grid" | "short_notice" | "beyond_horizon" | "day_full" | "not_offered" | "session_needed" | "in_the_past" | "too_late" | "invalid" | "key_reused";
                };
            };
        };
        /** @description `precondition_required`: The If-Match header is required. */
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
        /** @description `stale`: It has changed since you read it. */
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
        /** @description `patient_inactive`: The person is no longer a patient here. `slot_taken`: The doctor already has an appointment at that time. `patient_busy`: The patient already has an appointment at that time. `resource_taken`: A colleague, room or device that is needed is not free at that time. `still_running`: The first request with this Idempotency-Key is still running. */
        "patient_inactive.slot_taken.patient_busy.resource_taken.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "patient_inactive" | "slot_taken" | "patient_busy" | "resource_taken" | "still_running";
                };
            };
        };
        /** @description `outside_hours`: The time is outside the doctor’s hours. `off_grid`: Appointments cannot start at that time. `short_notice`: The time is too soon for this visit type. `beyond_horizon`: The time is too far ahead for this visit type. `day_full`: The doctor takes no more appointments of this visit type that day. `not_offered`: The doctor does not offer this visit type. `session_needed`: The visit type is for groups. `in_the_past`: The time is in the past. `not_today`: This cannot be done today. `invalid`: Some values are missing or invalid. `key_reused`: The Idempotency-Key was already used for a different request. */
        "outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.session_needed.in_the_past.not_today.invalid.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "outside_hours" | "off_grid" | "short_notice" | "beyond_horizon" | "day_full" | "not_offered" | "session_needed" | "in_the_past" | "not_today" | "invalid" | "key_reused";
                };
            };
        };
        /** @description `patient_inactive`: The person is no longer a patient here. `slot_taken`: The doctor already has an appointment at that time. `patient_busy`: The patient already has an appointment at that time. `resource_taken`: A colleague, room or device that is needed is not free at that time. `session_full`: The session has no place left. `wrong_status`: The status of the appointment does not allow this. `too_many_holds`: The account already holds as many slots as it may. `too_many_appointments`: The account has as many open appointments as it may book online. `still_running`: The first request with this Idempotency-Key is still running. */
        "patient_inactive.slot_taken.patient_busy.resource_taken.session_full.wrong_status.too_many_holds.too_many_appointments.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "patient_inactive" | "slot_taken" | "patient_busy" | "resource_taken" | "session_full" | "wrong_status" | "too_many_holds" | "too_many_appointments" | "still_running";
                };
            };
        };
        /** @description `outside_hours`: The time is outside the doctor’s hours. `off_grid`: Appointments cannot start at that time. `short_notice`: The time is too soon for this visit type. `beyond_horizon`: The time is too far ahead for this visit type. `day_full`: The doctor takes no more appointments of this visit type that day. `not_offered`: The doctor does not offer this visit type. `session_needed`: The visit type is for groups. `in_the_past`: The time is in the past. `invalid`: Some values are missing or invalid. `key_reused`: The Idempotency-Key was already used for a different request. */
        "outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.session_needed.in_the_past.invalid.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "outside_hours" | "off_grid" | "short_notice" | "beyond_horizon" | "day_full" | "not_offered" | "session_needed" | "in_the_past" | "invalid" | "key_reused";
                };
            };
        };
        /** @description `wrong_status`: The status of the appointment does not allow this. `still_running`: The first request with this Idempotency-Key is still running. */
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
        /** @description `malformed_key`: The Idempotency-Key is malformed. */
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
        /** @description `key_reused`: The Idempotency-Key was already used for a different request. */
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
        /** @description `stale`: It has changed since you read it. `no_version`: This has no version for If-Match. */
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
        /** @description `wrong_status`: The status of the appointment does not allow this. `hold_expired`: The hold has expired. `already_extended`: The hold has already been extended once. `still_running`: The first request with this Idempotency-Key is still running. */
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
        /** @description `patient_inactive`: The person is no longer a patient here. `dates_refused`: Some dates of the series cannot be booked. `still_running`: The first request with this Idempotency-Key is still running. */
        "patient_inactive.dates_refused.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "patient_inactive" | "dates_refused" | "still_running";
                };
            };
        };
        /** @description `not_offered`: The doctor does not offer this visit type. `invalid`: Some values are missing or invalid. `key_reused`: The Idempotency-Key was already used for a different request. */
        "not_offered.invalid.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_offered" | "invalid" | "key_reused";
                };
            };
        };
        /** @description `patient_inactive`: The person is no longer a patient here. `still_running`: The first request with this Idempotency-Key is still running. */
        "patient_inactive.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "patient_inactive" | "still_running";
                };
            };
        };
        /** @description `dates_refused`: Some dates of the series cannot be booked. `wrong_status`: The status of the appointment does not allow this. `still_running`: The first request with this Idempotency-Key is still running. */
        "dates_refused.wrong_status.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "dates_refused" | "wrong_status" | "still_running";
                };
            };
        };
        /** @description `invalid`: Some values are missing or invalid. `key_reused`: The Idempotency-Key was already used for a different request. */
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
        /** @description `too_late`: It is too late to change the appointment. `invalid`: Some values are missing or invalid. `key_reused`: The Idempotency-Key was already used for a different request. */
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
        /** @description `patient_inactive`: The person is no longer a patient here. `patient_erased`: The patient’s data has been erased. `patient_busy`: The patient already has an appointment at that time. `wrong_status`: The status of the appointment does not allow this. `still_running`: The first request with this Idempotency-Key is still running. */
        "patient_inactive.patient_erased.patient_busy.wrong_status.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "patient_inactive" | "patient_erased" | "patient_busy" | "wrong_status" | "still_running";
                };
            };
        };
        /** @description `patient_inactive`: The person is no longer a patient here. `patient_busy`: The patient already has an appointment at that time. `resource_taken`: A colleague, room or device that is needed is not free at that time. `wrong_status`: The status of the appointment does not allow this. `still_running`: The first request with this Idempotency-Key is still running. */
        "patient_inactive.patient_busy.resource_taken.wrong_status.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "patient_inactive" | "patient_busy" | "resource_taken" | "wrong_status" | "still_running";
                };
            };
        };
        /** @description `outside_hours`: The time is outside the doctor’s hours. `invalid`: Some values are missing or invalid. `key_reused`: The Idempotency-Key was already used for a different request. */
        "outside_hours.invalid.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "outside_hours" | "invalid" | "key_reused";
                };
            };
        };
        /** @description `phone_needed`: The patient has no phone number for a visit by phone. `outside_hours`: The time is outside the doctor’s hours. `off_grid`: Appointments cannot start at that time. `short_notice`: The time is too soon for this visit type. `beyond_horizon`: The time is too far ahead for this visit type. `day_full`: The doctor takes no more appointments of this visit type that day. `not_offered`: The doctor does not offer this visit type. `session_needed`: The visit type is for groups. `in_the_past`: The time is in the past. `approval_needed`: The clinic has to approve this visit type first. `too_late`: It is too late to change the appointment. `invalid`: Some values are missing or invalid. `key_reused`: The Idempotency-Key was already used for a different request. */
        "phone_needed.outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.session_needed.in_the_past.approval_needed.too_late.invalid.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "phone_needed" | "outside_hours" | "off_grid" | "short_notice" | "beyond_horizon" | "day_full" | "not_offered" | "session_needed" | "in_the_past" | "approval_needed" | "too_late" | "invalid" | "key_reused";
                };
            };
        };
        /** @description `slot_taken`: The doctor already has an appointment at that time. `patient_busy`: The patient already has an appointment at that time. `resource_taken`: A colleague, room or device that is needed is not free at that time. `wrong_status`: The status of the appointment does not allow this. `still_running`: The first request with this Idempotency-Key is still running. */
        "slot_taken.patient_busy.resource_taken.wrong_status.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "slot_taken" | "patient_busy" | "resource_taken" | "wrong_status" | "still_running";
                };
            };
        };
        /** @description `not_today`: This cannot be done today. `key_reused`: The Idempotency-Key was already used for a different request. */
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
        /** @description `slot_taken`: The doctor already has an appointment at that time. `patient_busy`: The patient already has an appointment at that time. `session_full`: The session has no place left. `wrong_status`: The status of the appointment does not allow this. `still_running`: The first request with this Idempotency-Key is still running. */
        "slot_taken.patient_busy.session_full.wrong_status.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "slot_taken" | "patient_busy" | "session_full" | "wrong_status" | "still_running";
                };
            };
        };
        /** @description `not_yet`: The appointment has not started. `key_reused`: The Idempotency-Key was already used for a different request. */
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
        /** @description `patient_inactive`: The person is no longer a patient here. `patient_erased`: The patient’s data has been erased. `slot_taken`: The doctor already has an appointment at that time. `patient_busy`: The patient already has an appointment at that time. `resource_taken`: A colleague, room or device that is needed is not free at that time. `session_full`: The session has no place left. `wrong_status`: The status of the appointment does not allow this. `nothing_to_undo`: There is nothing to undo. `hold_expired`: The hold has expired. `still_running`: The first request with this Idempotency-Key is still running. */
        "patient_inactive.patient_erased.slot_taken.patient_busy.resource_taken.session_full.wrong_status.nothing_to_undo.hold_expired.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "patient_inactive" | "patient_erased" | "slot_taken" | "patient_busy" | "resource_taken" | "session_full" | "wrong_status" | "nothing_to_undo" | "hold_expired" | "still_running";
                };
            };
        };
        /** @description `unknown_key`: The API key is unknown, expired or revoked. */
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
        /** @description `outside_hours`: The time is outside the doctor’s hours. `off_grid`: Appointments cannot start at that time. `short_notice`: The time is too soon for this visit type. `beyond_horizon`: The time is too far ahead for this visit type. `day_full`: The doctor takes no more appointments of this visit type that day. `not_offered`: The doctor does not offer this visit type. `not_a_group`: The visit type is not for groups. `in_the_past`: The time is in the past. `invalid`: Some values are missing or invalid. `key_reused`: The Idempotency-Key was already used for a different request. */
        "outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.not_a_group.in_the_past.invalid.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "outside_hours" | "off_grid" | "short_notice" | "beyond_horizon" | "day_full" | "not_offered" | "not_a_group" | "in_the_past" | "invalid" | "key_reused";
                };
            };
        };
        /** @description `too_few_places`: More places are taken than that. `wrong_status`: The status of the appointment does not allow this. `still_running`: The first request with this Idempotency-Key is still running. */
        "too_few_places.wrong_status.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "too_few_places" | "wrong_status" | "still_running";
                };
            };
        };
        /** @description `still_running`: The first request with this Idempotency-Key is still running. */
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
        /** @description `still_running`: The first request with this Idempotency-Key is still running. `would_strand`: It still has appointments ahead. */
        "still_running.would_strand": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "still_running" | "would_strand";
                };
            };
        };
        /** @description `may_exist`: This person may already be registered. `identifier_taken`: Another patient has this identifier. `too_many_dependants`: The account has as many dependants as it may register online. `still_running`: The first request with this Idempotency-Key is still running. */
        "may_exist.identifier_taken.too_many_dependants.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "may_exist" | "identifier_taken" | "too_many_dependants" | "still_running";
                };
            };
        };
        /** @description `nik_disagrees`: The NIK says another birth date. `invalid`: Some values are missing or invalid. `key_reused`: The Idempotency-Key was already used for a different request. */
        "nik_disagrees.invalid.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "nik_disagrees" | "invalid" | "key_reused";
                };
            };
        };
        /** @description `identifier_taken`: Another patient has this identifier. `patient_erased`: The patient’s data has been erased. `still_running`: The first request with this Idempotency-Key is still running. */
        "identifier_taken.patient_erased.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "identifier_taken" | "patient_erased" | "still_running";
                };
            };
        };
        /** @description `identifier_taken`: Another patient has this identifier. `patient_erased`: The patient’s data has been erased. `already_decided`: The request is no longer open. `still_running`: The first request with this Idempotency-Key is still running. */
        "identifier_taken.patient_erased.already_decided.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "identifier_taken" | "patient_erased" | "already_decided" | "still_running";
                };
            };
        };
        /** @description `nik_disagrees`: The NIK says another birth date. `key_reused`: The Idempotency-Key was already used for a different request. */
        "nik_disagrees.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "nik_disagrees" | "key_reused";
                };
            };
        };
        /** @description `patient_erased`: The patient’s data has been erased. `already_merged`: The record has already been merged into another. `appointments_overlap`: Both records have an appointment at the same time. `records_differ`: The records may belong to two people. `still_running`: The first request with this Idempotency-Key is still running. */
        "patient_erased.already_merged.appointments_overlap.records_differ.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "patient_erased" | "already_merged" | "appointments_overlap" | "records_differ" | "still_running";
                };
            };
        };
        /** @description `patient_erased`: The patient’s data has been erased. `already_merged`: The record has already been merged into another. `undo_expired`: The merge can no longer be undone. `still_running`: The first request with this Idempotency-Key is still running. */
        "patient_erased.already_merged.undo_expired.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "patient_erased" | "already_merged" | "undo_expired" | "still_running";
                };
            };
        };
        /** @description `on_legal_hold`: The patient is on legal hold. `has_future_appointments`: The patient has appointments to come, or is here now. `still_running`: The first request with this Idempotency-Key is still running. */
        "on_legal_hold.has_future_appointments.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "on_legal_hold" | "has_future_appointments" | "still_running";
                };
            };
        };
        /** @description `already_linked`: The account can already act for this patient. `other_self`: The account already belongs to another patient. `still_running`: The first request with this Idempotency-Key is still running. */
        "already_linked.other_self.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "already_linked" | "other_self" | "still_running";
                };
            };
        };
        /** @description `too_many_invitations`: Too many invitations were sent to this address, or by you. `too_many_requests`: Too many requests. */
        "too_many_invitations.too_many_requests": {
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
                    code?: "too_many_invitations" | "too_many_requests";
                };
            };
        };
        /** @description `still_waiting`: The message has not been sent yet. `would_be_skipped`: The message would be skipped again. `still_running`: The first request with this Idempotency-Key is still running. */
        "still_waiting.would_be_skipped.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "still_waiting" | "would_be_skipped" | "still_running";
                };
            };
        };
        /** @description `not_waiting`: The message does not wait any more. `still_running`: The first request with this Idempotency-Key is still running. */
        "not_waiting.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "not_waiting" | "still_running";
                };
            };
        };
        /** @description `keeps_needed`: The location has appointments ahead: choose what stays the same. `invalid`: Some values are missing or invalid. `key_reused`: The Idempotency-Key was already used for a different request. */
        "keeps_needed.invalid.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "keeps_needed" | "invalid" | "key_reused";
                };
            };
        };
        /** @description `clock_times_taken`: Some appointments cannot keep their clock time in the new time zone. `doctors_elsewhere`: Doctors of the location also work at others, and all locations of a doctor have one time zone. `still_running`: The first request with this Idempotency-Key is still running. `would_strand`: It still has appointments ahead. */
        "clock_times_taken.doctors_elsewhere.still_running.would_strand": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "clock_times_taken" | "doctors_elsewhere" | "still_running" | "would_strand";
                };
            };
        };
        /** @description `language_not_offered`: The default language is none of the clinic’s languages. `invalid`: Some values are missing or invalid. `key_reused`: The Idempotency-Key was already used for a different request. */
        "language_not_offered.invalid.key_reused": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "language_not_offered" | "invalid" | "key_reused";
                };
            };
        };
        /** @description `last_admin`: The account is the last admin. `still_running`: The first request with this Idempotency-Key is still running. */
        "last_admin.still_running": {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {string} */
                    code?: "last_admin" | "still_running";
                };
            };
        };
        /** @description Not modified: your copy is current */
        NotModified: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The record was merged into another: use that one from now on. */
        Moved: {
            headers: {
                "X-Request-Id": components["headers"]["X-Request-Id"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                Location: components["headers"]["Location"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "moved_to": 3
                 *     }
                 */
                "application/json": {
                    /** @description The record that took its place */
                    moved_to: number;
                };
            };
        };
    };
    parameters: {
        /**
         * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
         * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
         */
        "Idempotency-Key": string;
        /**
         * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
         * @example "3"
         */
        "If-None-Match": string;
        /**
         * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
         * @example "3"
         */
        "If-Match": string;
        /**
         * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
         * @example "3"
         */
        "Required-If-Match": string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description Identifies this request in our logs. Include it when you contact us.
         * @example 8e03978e-40d5-43e8-bc93-6894a57f9324
         */
        "X-Request-Id": string;
        /**
         * @description The version of what you read. Send it as `If-None-Match` when you read it again, or as `If-Match` when you change it.
         * @example "3"
         */
        ETag: string;
        /**
         * @description The path of what was created
         * @example /api/v1/appointments/42
         */
        Location: string;
        /**
         * @description Suggests a file name (RFC 6266). It contains no person’s name.
         * @example attachment; filename="patient-3-2026-11-28.json"
         */
        "Content-Disposition": string;
        /**
         * @description Since when a field of the answer is deprecated (RFC 9745)
         * @example @1795910400
         */
        Deprecation: string;
        /**
         * @description When the deprecated field goes (RFC 8594)
         * @example Tue, 30 Nov 2027 00:00:00 GMT
         */
        Sunset: string;
        /**
         * @description The limit that applies, in requests per minute (draft-ietf-httpapi-ratelimit-headers)
         * @example "read";q=300;w=60
         */
        "RateLimit-Policy": string;
        /**
         * @description What is left of the limit. Only sent when nothing is left.
         * @example "read";r=0;t=60
         */
        RateLimit: string;
        /**
         * @description The next page (RFC 8288). The last page has none.
         * @example </api/v1/slots?visit_type_id=1&cursor=W10.c2lnbmVk>; rel="next"
         */
        Link: string;
        /**
         * @description How many seconds to wait before you retry
         * @example 5
         */
        "Retry-After": number;
        /**
         * @description How to authenticate (RFC 6750)
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
                /** @description First day to search, in the location’s time zone. Defaults to today. */
                from?: components["schemas"]["CalendarDate"];
                /** @description Last day to search, at most 61 days after `from`. Defaults to 30 days after it. */
                to?: components["schemas"]["CalendarDate"];
                /** @description `morning` is before 12:00, `afternoon` 12:00 to 17:00, `evening` from 17:00 */
                part_of_day?: "morning" | "afternoon" | "evening";
                /** @description ID of an appointment that you want to move: its own time counts as free. You need the right to change it. */
                moving?: components["schemas"]["Id"];
                /** @description Maximum number of results per page */
                limit?: number;
                /** @description Where the next page starts. Take it from the `Link` header of the previous page of the same list. */
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
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
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
                location_id?: components["schemas"]["Id"];
                visit_type_id: components["schemas"]["Id"];
                /** @description First day to search, in the location’s time zone. Defaults to today. */
                from?: components["schemas"]["CalendarDate"];
                /** @description Last day to search, at most 61 days after `from`. Defaults to 30 days after it. */
                to?: components["schemas"]["CalendarDate"];
                /** @description ID of an appointment that you want to move: its own time counts as free. You need the right to change it. */
                moving?: components["schemas"]["Id"];
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
            /** @description The free times, sorted by start */
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
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["not_offered.invalid"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    explainDoctorSlots: {
        parameters: {
            query: {
                location_id?: components["schemas"]["Id"];
                visit_type_id: components["schemas"]["Id"];
                /** @description The day, in the location’s time zone */
                on: components["schemas"]["CalendarDate"];
                /** @description Whose search it is: notice and daily limit bind patients only. Defaults to `patient`. */
                by?: "patient" | "front_desk";
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
            /** @description What each rule leaves of the day */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "explanation": {
                     *         "doctor_id": 7,
                     *         "doctor_name": "Dr. Strange",
                     *         "visit_type_id": 1,
                     *         "visit_type_name": "Consultation",
                     *         "locations": [
                     *           {
                     *             "id": 2,
                     *             "name": "Menteng"
                     *           }
                     *         ],
                     *         "on": "2026-12-01",
                     *         "time_zone": "Asia/Jakarta",
                     *         "stopped_by": null,
                     *         "terms": {
                     *           "minutes": 150,
                     *           "buffer_before_minutes": 0,
                     *           "buffer_after_minutes": 10,
                     *           "notice_minutes": 1440,
                     *           "horizon_days": 60,
                     *           "daily_cap": 12,
                     *           "grid_minutes": 15,
                     *           "booked": 0,
                     *           "earliest_local": "2026-12-01T07:24",
                     *           "last_day": "2027-01-29"
                     *         },
                     *         "rules": [
                     *           {
                     *             "rule": "hours",
                     *             "minutes_left": 240,
                     *             "remaining": [
                     *               {
                     *                 "start_at": "2026-12-01T01:00:00.000Z",
                     *                 "end_at": "2026-12-01T05:00:00.000Z",
                     *                 "start_local": "2026-12-01T08:00",
                     *                 "end_local": "2026-12-01T12:00"
                     *               }
                     *             ],
                     *             "taken": [],
                     *             "causes": [
                     *               {
                     *                 "start_at": "2026-12-01T01:00:00.000Z",
                     *                 "end_at": "2026-12-01T05:00:00.000Z",
                     *                 "start_local": "2026-12-01T08:00",
                     *                 "end_local": "2026-12-01T12:00",
                     *                 "id": null,
                     *                 "name": null,
                     *                 "kind": null,
                     *                 "doctor_name": null,
                     *                 "location_name": "Menteng"
                     *               }
                     *             ],
                     *             "without_it": null
                     *           },
                     *           {
                     *             "rule": "time_off",
                     *             "minutes_left": 120,
                     *             "remaining": [
                     *               {
                     *                 "start_at": "2026-12-01T01:00:00.000Z",
                     *                 "end_at": "2026-12-01T03:00:00.000Z",
                     *                 "start_local": "2026-12-01T08:00",
                     *                 "end_local": "2026-12-01T10:00"
                     *               }
                     *             ],
                     *             "taken": [
                     *               {
                     *                 "start_at": "2026-12-01T03:00:00.000Z",
                     *                 "end_at": "2026-12-01T05:00:00.000Z",
                     *                 "start_local": "2026-12-01T10:00",
                     *                 "end_local": "2026-12-01T12:00"
                     *               }
                     *             ],
                     *             "causes": [
                     *               {
                     *                 "start_at": "2026-12-01T03:00:00.000Z",
                     *                 "end_at": "2026-12-01T05:00:00.000Z",
                     *                 "start_local": "2026-12-01T10:00",
                     *                 "end_local": "2026-12-01T12:00",
                     *                 "id": 5,
                     *                 "name": "Seminar",
                     *                 "kind": "block",
                     *                 "doctor_name": null,
                     *                 "location_name": null
                     *               }
                     *             ],
                     *             "without_it": {
                     *               "times": 6,
                     *               "first_start_local": "2026-12-01T08:00"
                     *             }
                     *           }
                     *         ],
                     *         "free": [],
                     *         "next": {
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
                     *         },
                     *         "instead": [
                     *           {
                     *             "visit_type_id": 8,
                     *             "name": "Follow-up",
                     *             "start_local": "2026-12-01T08:00"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        explanation: components["schemas"]["Explanation"];
                    };
                };
            };
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["invalid"];
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
                session_id?: components["schemas"]["Id"];
                awaits_approval?: "true";
                status?: "pending" | "booked" | "arrived" | "fulfilled" | "cancelled" | "noshow";
                /** @description Only appointments that start at or after this instant */
                from?: components["schemas"]["Instant"];
                /** @description Only appointments that start before this instant */
                to?: components["schemas"]["Instant"];
                /** @description Maximum number of results per page */
                limit?: number;
                /** @description Where the next page starts. Take it from the `Link` header of the previous page of the same list. */
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
                     *           "awaits_approval_until": null,
                     *           "decline_reason": null,
                     *           "patient_response": "accepted",
                     *           "arrived_at": null,
                     *           "arrived_local": null,
                     *           "started_at": null,
                     *           "started_local": null,
                     *           "reason_for_visit": "A cough that won’t go away",
                     *           "resources": [
                     *             {
                     *               "id": 12,
                     *               "type": "room",
                     *               "kind": "consultation",
                     *               "name": "Room 3"
                     *             }
                     *           ],
                     *           "session_id": null,
                     *           "series_id": null,
                     *           "participants": [
                     *             {
                     *               "type": "doctor",
                     *               "id": 7,
                     *               "name": "Dr. Strange"
                     *             },
                     *             {
                     *               "type": "patient",
                     *               "id": 3,
                     *               "name": "Siti Rahma"
                     *             }
                     *           ]
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *         "patient_id": 3,
                 *         "doctor_id": 7,
                 *         "visit_type_id": 1,
                 *         "start_at": "2026-11-23T09:00:00+07:00"
                 *       }
                 *     }
                 */
                "application/json": {
                    appointment: components["schemas"]["BookingOfSlot"] | components["schemas"]["BookingOfHold"] | components["schemas"]["BookingOfPlace"];
                };
            };
        };
        responses: {
            /** @description The new appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
                     *       },
                     *       "visit_type_chosen": {
                     *         "visit_type_id": 1,
                     *         "name": "Consultation",
                     *         "because": "named"
                     *       }
                     *     }
                     */
                    "application/json": {
                        appointment: components["schemas"]["Appointment"];
                        visit_type_chosen?: components["schemas"]["VisitTypeChosen"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["not_your_patient.forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["patient_inactive.slot_taken.patient_busy.resource_taken.session_full.wrong_status.too_many_appointments.hold_expired.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["phone_needed.outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.session_needed.in_the_past.invalid.key_reused"];
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
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                        /** @description Defaults to the current doctor */
                        doctor_id?: components["schemas"]["Id"];
                        location_id?: components["schemas"]["Id"];
                        start_at?: components["schemas"]["Minute"];
                        end_at?: components["schemas"]["Minute"];
                        /** @description Allows a time outside the doctor’s hours or beyond the visit type’s horizon, and records why. Without a visit type, the longest horizon of the doctor’s visit types counts. Front desk only. */
                        override_reason?: string;
                        resource_ids?: components["schemas"]["Id"][];
                        session_id?: components["schemas"]["Id"];
                    };
                };
            };
        };
        responses: {
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
            409: components["responses"]["slot_taken.patient_busy.resource_taken.session_full.wrong_status.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.session_needed.in_the_past.too_late.invalid.key_reused"];
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                        /** @description Leave out to get any free doctor who offers the visit type */
                        doctor_id?: components["schemas"]["Id"];
                        /** @description With no `doctor_id`: only doctors at this location */
                        location_id?: components["schemas"]["Id"];
                        /** @description With no `doctor_id`: only doctors of this specialty */
                        specialty?: string;
                        /** @description Patients can leave it out to book for themselves */
                        patient_id?: components["schemas"]["Id"];
                        /** @description Patients can send `end_at` instead: they get the doctor’s visit type of that length, in person if there is one */
                        visit_type_id?: components["schemas"]["Id"];
                        start_at?: components["schemas"]["Minute"];
                        /** @description Defaults to the length of the visit type. If the front desk sends another, the appointment has no visit type and no buffers. */
                        end_at?: components["schemas"]["Minute"];
                        /** @description Allows a time outside the doctor’s hours or beyond the visit type’s horizon, and records why. Without a visit type, the longest horizon of the doctor’s visit types counts. Front desk only. */
                        override_reason?: string;
                        /** @description In the patient’s own words */
                        reason_for_visit?: string;
                        /** @description Further doctors, nurses or interpreters who take part, at most 10. Front desk only. */
                        colleague_ids?: components["schemas"]["Id"][];
                        /** @description Further patients who come along, such as a partner, at most 10 */
                        companion_ids?: components["schemas"]["Id"][];
                        /** @description Rooms and devices at the location, at most 10. They meet the visit type’s needs where they fit. Front desk only. */
                        resource_ids?: components["schemas"]["Id"][];
                    };
                };
            };
        };
        responses: {
            /** @description The new appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        appointment: components["schemas"]["Appointment"];
                        visit_type_chosen?: components["schemas"]["VisitTypeChosen"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["not_your_patient.forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["patient_inactive.slot_taken.patient_busy.resource_taken.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.session_needed.in_the_past.not_today.invalid.key_reused"];
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *         "patient_id": 3,
                 *         "doctor_id": 7,
                 *         "visit_type_id": 1,
                 *         "start_at": "2026-11-23T09:00:00+07:00"
                 *       }
                 *     }
                 */
                "application/json": {
                    hold: components["schemas"]["HoldOfSlot"] | components["schemas"]["HoldOfPlace"];
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
                     *         "session_id": null,
                     *         "expires_at": "2026-11-22T08:10:00.000Z"
                     *       },
                     *       "visit_type_chosen": {
                     *         "visit_type_id": 1,
                     *         "name": "Consultation",
                     *         "because": "named"
                     *       }
                     *     }
                     */
                    "application/json": {
                        hold: components["schemas"]["Hold"];
                        visit_type_chosen?: components["schemas"]["VisitTypeChosen"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["not_your_patient.forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["patient_inactive.slot_taken.patient_busy.resource_taken.session_full.wrong_status.too_many_holds.too_many_appointments.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.session_needed.in_the_past.invalid.key_reused"];
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
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
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
                     *         "session_id": null,
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
            /** @description The hold is released */
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                     *         "session_id": null,
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
    bookSeries: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *       "series": {
                 *         "patient_id": 3,
                 *         "doctor_id": 7,
                 *         "visit_type_id": 1,
                 *         "start_at": "2026-11-23T09:00:00+07:00",
                 *         "rule": {
                 *           "every": 1,
                 *           "unit": "week",
                 *           "count": 10
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    series: {
                        patient_id: components["schemas"]["Id"];
                        doctor_id: components["schemas"]["Id"];
                        visit_type_id?: components["schemas"]["Id"];
                        /** @description How long each takes. Required without a `visit_type_id`; otherwise it replaces that length. */
                        minutes?: number;
                        /** @description The first start: an instant, or a local time at the location. All others have the same local time, before and after a clock change. */
                        start_at: components["schemas"]["MinuteOrWallClock"];
                        rule: {
                            every: number;
                            /** @enum {string} */
                            unit: "day" | "week";
                            weekdays?: number[];
                            count?: number;
                            until?: components["schemas"]["CalendarDate"];
                        };
                        /** @description Dates of the rule to leave out. They still count: ten dates with one left out make nine appointments. */
                        skip?: components["schemas"]["CalendarDate"][];
                        /** @description Another start for single dates of the rule, such as an alternative from the preview */
                        changes?: {
                            date: components["schemas"]["CalendarDate"];
                            start_at: components["schemas"]["MinuteOrWallClock"];
                        }[];
                        /** @description Allows dates outside the doctor’s hours or beyond the horizon. It is recorded for those dates only. */
                        override_reason?: string;
                        /** @description In the patient’s own words */
                        reason_for_visit?: string;
                    };
                };
            };
        };
        responses: {
            /** @description The new series */
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
                     *       "series": {
                     *         "id": 5,
                     *         "patient_id": 3,
                     *         "rule": {
                     *           "every": 1,
                     *           "unit": "week",
                     *           "count": 10
                     *         },
                     *         "created_at": "2026-11-22T08:00:00.000Z",
                     *         "appointments": [
                     *           {
                     *             "id": 42,
                     *             "doctor_id": 7,
                     *             "patient_id": 3,
                     *             "visit_type_id": 1,
                     *             "location_id": 2,
                     *             "status": "booked",
                     *             "start_at": "2026-11-23T02:00:00.000Z",
                     *             "end_at": "2026-11-23T02:30:00.000Z",
                     *             "start_local": "2026-11-23T09:00",
                     *             "end_local": "2026-11-23T09:30",
                     *             "time_zone": "Asia/Jakarta",
                     *             "awaits_approval_until": null,
                     *             "decline_reason": null,
                     *             "patient_response": "accepted",
                     *             "arrived_at": null,
                     *             "arrived_local": null,
                     *             "started_at": null,
                     *             "started_local": null,
                     *             "reason_for_visit": "A cough that won’t go away",
                     *             "resources": [
                     *               {
                     *                 "id": 12,
                     *                 "type": "room",
                     *                 "kind": "consultation",
                     *                 "name": "Room 3"
                     *               }
                     *             ],
                     *             "session_id": null,
                     *             "series_id": null,
                     *             "participants": [
                     *               {
                     *                 "type": "doctor",
                     *                 "id": 7,
                     *                 "name": "Dr. Strange"
                     *               },
                     *               {
                     *                 "type": "patient",
                     *                 "id": 3,
                     *                 "name": "Siti Rahma"
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        series: components["schemas"]["Series"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["patient_inactive.dates_refused.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["not_offered.invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    previewSeries: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *       "series": {
                 *         "patient_id": 3,
                 *         "doctor_id": 7,
                 *         "visit_type_id": 1,
                 *         "start_at": "2026-11-23T09:00:00+07:00",
                 *         "rule": {
                 *           "every": 1,
                 *           "unit": "week",
                 *           "count": 10
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    series: {
                        patient_id: components["schemas"]["Id"];
                        doctor_id: components["schemas"]["Id"];
                        visit_type_id?: components["schemas"]["Id"];
                        /** @description How long each takes. Required without a `visit_type_id`; otherwise it replaces that length. */
                        minutes?: number;
                        /** @description The first start: an instant, or a local time at the location. All others have the same local time, before and after a clock change. */
                        start_at: components["schemas"]["MinuteOrWallClock"];
                        rule: {
                            every: number;
                            /** @enum {string} */
                            unit: "day" | "week";
                            weekdays?: number[];
                            count?: number;
                            until?: components["schemas"]["CalendarDate"];
                        };
                        /** @description Dates of the rule to leave out. They still count: ten dates with one left out make nine appointments. */
                        skip?: components["schemas"]["CalendarDate"][];
                        /** @description Another start for single dates of the rule, such as an alternative from the preview */
                        changes?: {
                            date: components["schemas"]["CalendarDate"];
                            start_at: components["schemas"]["MinuteOrWallClock"];
                        }[];
                        /** @description Allows dates outside the doctor’s hours or beyond the horizon. It is recorded for those dates only. */
                        override_reason?: string;
                        /** @description In the patient’s own words */
                        reason_for_visit?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Every date, sorted by start */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "dates": [
                     *         {
                     *           "date": "2026-11-23",
                     *           "start_at": "2026-11-23T02:00:00.000Z",
                     *           "end_at": "2026-11-23T02:30:00.000Z",
                     *           "start_local": "2026-11-23T09:00",
                     *           "end_local": "2026-11-23T09:30",
                     *           "time_zone": "Asia/Jakarta",
                     *           "refusal": "slot_taken",
                     *           "alternatives": [
                     *             {
                     *               "start_at": "2026-11-23T02:30:00.000Z",
                     *               "end_at": "2026-11-23T03:00:00.000Z",
                     *               "start_local": "2026-11-23T09:30",
                     *               "end_local": "2026-11-23T10:00"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        dates: components["schemas"]["PlannedDate"][];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["patient_inactive.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["not_offered.invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    getSeries: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
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
            /** @description The series */
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
                     *       "series": {
                     *         "id": 5,
                     *         "patient_id": 3,
                     *         "rule": {
                     *           "every": 1,
                     *           "unit": "week",
                     *           "count": 10
                     *         },
                     *         "created_at": "2026-11-22T08:00:00.000Z",
                     *         "appointments": [
                     *           {
                     *             "id": 42,
                     *             "doctor_id": 7,
                     *             "patient_id": 3,
                     *             "visit_type_id": 1,
                     *             "location_id": 2,
                     *             "status": "booked",
                     *             "start_at": "2026-11-23T02:00:00.000Z",
                     *             "end_at": "2026-11-23T02:30:00.000Z",
                     *             "start_local": "2026-11-23T09:00",
                     *             "end_local": "2026-11-23T09:30",
                     *             "time_zone": "Asia/Jakarta",
                     *             "awaits_approval_until": null,
                     *             "decline_reason": null,
                     *             "patient_response": "accepted",
                     *             "arrived_at": null,
                     *             "arrived_local": null,
                     *             "started_at": null,
                     *             "started_local": null,
                     *             "reason_for_visit": "A cough that won’t go away",
                     *             "resources": [
                     *               {
                     *                 "id": 12,
                     *                 "type": "room",
                     *                 "kind": "consultation",
                     *                 "name": "Room 3"
                     *               }
                     *             ],
                     *             "session_id": null,
                     *             "series_id": null,
                     *             "participants": [
                     *               {
                     *                 "type": "doctor",
                     *                 "id": 7,
                     *                 "name": "Dr. Strange"
                     *               },
                     *               {
                     *                 "type": "patient",
                     *                 "id": 3,
                     *                 "name": "Siti Rahma"
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        series: components["schemas"]["Series"];
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
    rescheduleSeries: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                 *       "rescheduling": {
                 *         "from": 42,
                 *         "scope": "following",
                 *         "start_at": "2026-11-24T10:30:00+07:00"
                 *       }
                 *     }
                 */
                "application/json": {
                    rescheduling: {
                        /** @description The id of an appointment of the series */
                        from: components["schemas"]["Id"];
                        /**
                         * @description `this`: only that appointment; `following`: that one and all that follow it
                         * @enum {string}
                         */
                        scope: "this" | "following";
                        /** @description The new start of the appointment in `from`: an instant, or a local time at the location */
                        start_at?: components["schemas"]["MinuteOrWallClock"];
                        /** @description Defaults to the current doctor. Send this, `start_at` or both. */
                        doctor_id?: components["schemas"]["Id"];
                        /** @description Allows times outside the doctor’s hours, and records why */
                        override_reason?: string;
                    };
                };
            };
        };
        responses: {
            /** @description The series as it is now */
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
                     *       "series": {
                     *         "id": 5,
                     *         "patient_id": 3,
                     *         "rule": {
                     *           "every": 1,
                     *           "unit": "week",
                     *           "count": 10
                     *         },
                     *         "created_at": "2026-11-22T08:00:00.000Z",
                     *         "appointments": [
                     *           {
                     *             "id": 42,
                     *             "doctor_id": 7,
                     *             "patient_id": 3,
                     *             "visit_type_id": 1,
                     *             "location_id": 2,
                     *             "status": "booked",
                     *             "start_at": "2026-11-23T02:00:00.000Z",
                     *             "end_at": "2026-11-23T02:30:00.000Z",
                     *             "start_local": "2026-11-23T09:00",
                     *             "end_local": "2026-11-23T09:30",
                     *             "time_zone": "Asia/Jakarta",
                     *             "awaits_approval_until": null,
                     *             "decline_reason": null,
                     *             "patient_response": "accepted",
                     *             "arrived_at": null,
                     *             "arrived_local": null,
                     *             "started_at": null,
                     *             "started_local": null,
                     *             "reason_for_visit": "A cough that won’t go away",
                     *             "resources": [
                     *               {
                     *                 "id": 12,
                     *                 "type": "room",
                     *                 "kind": "consultation",
                     *                 "name": "Room 3"
                     *               }
                     *             ],
                     *             "session_id": null,
                     *             "series_id": null,
                     *             "participants": [
                     *               {
                     *                 "type": "doctor",
                     *                 "id": 7,
                     *                 "name": "Dr. Strange"
                     *               },
                     *               {
                     *                 "type": "patient",
                     *                 "id": 3,
                     *                 "name": "Siti Rahma"
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        series: components["schemas"]["Series"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["dates_refused.wrong_status.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["not_offered.invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    cancelSeries: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                 *         "from": 42,
                 *         "scope": "following",
                 *         "reason": "Feeling better"
                 *       }
                 *     }
                 */
                "application/json": {
                    cancellation: {
                        /** @description The id of an appointment of the series */
                        from: components["schemas"]["Id"];
                        /**
                         * @description `this`: only that appointment; `following`: that one and all that follow it
                         * @enum {string}
                         */
                        scope: "this" | "following";
                        /** @description Kept in the history of each appointment */
                        reason: string;
                    };
                };
            };
        };
        responses: {
            /** @description The series as it is now */
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
                     *       "series": {
                     *         "id": 5,
                     *         "patient_id": 3,
                     *         "rule": {
                     *           "every": 1,
                     *           "unit": "week",
                     *           "count": 10
                     *         },
                     *         "created_at": "2026-11-22T08:00:00.000Z",
                     *         "appointments": [
                     *           {
                     *             "id": 42,
                     *             "doctor_id": 7,
                     *             "patient_id": 3,
                     *             "visit_type_id": 1,
                     *             "location_id": 2,
                     *             "status": "booked",
                     *             "start_at": "2026-11-23T02:00:00.000Z",
                     *             "end_at": "2026-11-23T02:30:00.000Z",
                     *             "start_local": "2026-11-23T09:00",
                     *             "end_local": "2026-11-23T09:30",
                     *             "time_zone": "Asia/Jakarta",
                     *             "awaits_approval_until": null,
                     *             "decline_reason": null,
                     *             "patient_response": "accepted",
                     *             "arrived_at": null,
                     *             "arrived_local": null,
                     *             "started_at": null,
                     *             "started_local": null,
                     *             "reason_for_visit": "A cough that won’t go away",
                     *             "resources": [
                     *               {
                     *                 "id": 12,
                     *                 "type": "room",
                     *                 "kind": "consultation",
                     *                 "name": "Room 3"
                     *               }
                     *             ],
                     *             "session_id": null,
                     *             "series_id": null,
                     *             "participants": [
                     *               {
                     *                 "type": "doctor",
                     *                 "id": 7,
                     *                 "name": "Dr. Strange"
                     *               },
                     *               {
                     *                 "type": "patient",
                     *                 "id": 3,
                     *                 "name": "Siti Rahma"
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        series: components["schemas"]["Series"];
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
            422: components["responses"]["invalid.key_reused"];
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                        /** @description Required for the front desk */
                        reason?: string;
                    };
                };
            };
        };
        responses: {
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
    confirmAppointment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
    declineAppointment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                 *       "decline": {
                 *         "reason": "Please bring a referral first"
                 *       }
                 *     }
                 */
                "application/json": {
                    decline: {
                        /** @description One line of 1 to 500 characters, none of them invisible. Spaces around it are removed. */
                        reason: string;
                    };
                };
            };
        };
        responses: {
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    reassignAppointment: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                 *       "reassignment": {
                 *         "patient_id": 4,
                 *         "reason": "Booked for the wrong sister"
                 *       }
                 *     }
                 */
                "application/json": {
                    reassignment: {
                        /** @description Whose appointment it should have been */
                        patient_id: components["schemas"]["Id"];
                        /** @description Kept in the history */
                        reason: string;
                    };
                };
            };
        };
        responses: {
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
            409: components["responses"]["patient_inactive.patient_erased.patient_busy.wrong_status.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            428: components["responses"]["precondition_required"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    changeParticipants: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                 *       "participants": {
                 *         "companion_ids": [
                 *           4
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": {
                    participants: {
                        /** @description Further doctors, nurses or interpreters, at most 10; none if you leave it out */
                        colleague_ids?: components["schemas"]["Id"][];
                        /** @description Further patients who come along, at most 10; none if you leave it out */
                        companion_ids?: components["schemas"]["Id"][];
                        /** @description Lets a colleague come outside their hours, and records why */
                        override_reason?: string;
                    };
                };
            };
        };
        responses: {
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
            409: components["responses"]["patient_inactive.patient_busy.resource_taken.wrong_status.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["outside_hours.invalid.key_reused"];
            428: components["responses"]["precondition_required"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    changeVisitType: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                 *       "visit_type": {
                 *         "visit_type_id": 2
                 *       }
                 *     }
                 */
                "application/json": {
                    visit_type: {
                        /** @description One that the doctor offers */
                        visit_type_id: components["schemas"]["Id"];
                        /** @description Allows a time outside the doctor’s hours or beyond the visit type’s horizon, and records why. Without a visit type, the longest horizon of the doctor’s visit types counts. Front desk only. */
                        override_reason?: string;
                    };
                };
            };
        };
        responses: {
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
            409: components["responses"]["slot_taken.patient_busy.resource_taken.wrong_status.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["phone_needed.outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.session_needed.in_the_past.approval_needed.too_late.invalid.key_reused"];
            428: components["responses"]["precondition_required"];
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
            409: components["responses"]["slot_taken.patient_busy.session_full.wrong_status.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            422: components["responses"]["not_today.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    startAppointment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
    undoStart: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
            409: components["responses"]["slot_taken.patient_busy.session_full.wrong_status.still_running"];
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
            409: components["responses"]["slot_taken.patient_busy.session_full.wrong_status.still_running"];
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
            409: components["responses"]["slot_taken.patient_busy.session_full.wrong_status.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            422: components["responses"]["not_today.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    undoLastChange: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
        requestBody?: never;
        responses: {
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
            409: components["responses"]["patient_inactive.patient_erased.slot_taken.patient_busy.resource_taken.session_full.wrong_status.nothing_to_undo.hold_expired.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            422: components["responses"]["not_today.key_reused"];
            428: components["responses"]["precondition_required"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    leaveNote: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                 *       "note": {
                 *         "note": "Needs a wheelchair at the entrance"
                 *       }
                 *     }
                 */
                "application/json": {
                    note: {
                        /** @description At most 500 characters, or null */
                        note: string | null;
                    };
                };
            };
        };
        responses: {
            /** @description The updated appointment */
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
                     *         "awaits_approval_until": null,
                     *         "decline_reason": null,
                     *         "patient_response": "accepted",
                     *         "arrived_at": null,
                     *         "arrived_local": null,
                     *         "started_at": null,
                     *         "started_local": null,
                     *         "reason_for_visit": "A cough that won’t go away",
                     *         "resources": [
                     *           {
                     *             "id": 12,
                     *             "type": "room",
                     *             "kind": "consultation",
                     *             "name": "Room 3"
                     *           }
                     *         ],
                     *         "session_id": null,
                     *         "series_id": null,
                     *         "participants": [
                     *           {
                     *             "type": "doctor",
                     *             "id": 7,
                     *             "name": "Dr. Strange"
                     *           },
                     *           {
                     *             "type": "patient",
                     *             "id": 3,
                     *             "name": "Siti Rahma"
                     *           }
                     *         ]
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
            422: components["responses"]["invalid.key_reused"];
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
            /** @description The events, oldest first */
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
                     *             "patient_id": 3,
                     *             "room_ids": [
                     *               4
                     *             ]
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
    listSessions: {
        parameters: {
            query?: {
                visit_type_id?: components["schemas"]["Id"];
                location_id?: components["schemas"]["Id"];
                doctor_id?: components["schemas"]["Id"];
                /** @description Only sessions that start at or after this instant. If it is missing or in the past, the list starts now; staff can look back. */
                from?: components["schemas"]["Instant"];
                /** @description Only sessions that start before this instant */
                to?: components["schemas"]["Instant"];
                /** @description Maximum number of results per page */
                limit?: number;
                /** @description Where the next page starts. Take it from the `Link` header of the previous page of the same list. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of sessions */
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
                     *       "sessions": [
                     *         {
                     *           "id": 61,
                     *           "visit_type_id": 5,
                     *           "doctor_id": 7,
                     *           "location_id": 2,
                     *           "status": "booked",
                     *           "start_at": "2026-11-23T02:00:00.000Z",
                     *           "end_at": "2026-11-23T02:30:00.000Z",
                     *           "start_local": "2026-11-23T09:00",
                     *           "end_local": "2026-11-23T09:30",
                     *           "time_zone": "Asia/Jakarta",
                     *           "capacity": 8,
                     *           "places_left": 3
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        sessions: components["schemas"]["Session"][];
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
    beginSession: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *       "session": {
                 *         "doctor_id": 7,
                 *         "visit_type_id": 1,
                 *         "start_at": "2026-11-23T09:00:00+07:00"
                 *       }
                 *     }
                 */
                "application/json": {
                    session: {
                        doctor_id: components["schemas"]["Id"];
                        visit_type_id: components["schemas"]["Id"];
                        location_id?: components["schemas"]["Id"];
                        start_at: components["schemas"]["Minute"];
                        /** @description Defaults to that of the visit type */
                        capacity?: number;
                        /** @description Allows a time outside the doctor’s hours, and records why */
                        override_reason?: string;
                    };
                };
            };
        };
        responses: {
            /** @description The new session */
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
                     *       "session": {
                     *         "id": 61,
                     *         "visit_type_id": 5,
                     *         "doctor_id": 7,
                     *         "location_id": 2,
                     *         "status": "booked",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "capacity": 8,
                     *         "places_left": 3
                     *       }
                     *     }
                     */
                    "application/json": {
                        session: components["schemas"]["Session"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["patient_inactive.slot_taken.patient_busy.resource_taken.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.not_a_group.in_the_past.invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
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
            /** @description The session */
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
                     *       "session": {
                     *         "id": 61,
                     *         "visit_type_id": 5,
                     *         "doctor_id": 7,
                     *         "location_id": 2,
                     *         "status": "booked",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "capacity": 8,
                     *         "places_left": 3,
                     *         "participants": [
                     *           {
                     *             "id": 42,
                     *             "doctor_id": 7,
                     *             "patient_id": 3,
                     *             "visit_type_id": 1,
                     *             "location_id": 2,
                     *             "status": "booked",
                     *             "start_at": "2026-11-23T02:00:00.000Z",
                     *             "end_at": "2026-11-23T02:30:00.000Z",
                     *             "start_local": "2026-11-23T09:00",
                     *             "end_local": "2026-11-23T09:30",
                     *             "time_zone": "Asia/Jakarta",
                     *             "awaits_approval_until": null,
                     *             "decline_reason": null,
                     *             "patient_response": "accepted",
                     *             "arrived_at": null,
                     *             "arrived_local": null,
                     *             "started_at": null,
                     *             "started_local": null,
                     *             "reason_for_visit": "A cough that won’t go away",
                     *             "resources": [
                     *               {
                     *                 "id": 12,
                     *                 "type": "room",
                     *                 "kind": "consultation",
                     *                 "name": "Room 3"
                     *               }
                     *             ],
                     *             "session_id": 61,
                     *             "series_id": null,
                     *             "participants": [
                     *               {
                     *                 "type": "doctor",
                     *                 "id": 7,
                     *                 "name": "Dr. Strange"
                     *               },
                     *               {
                     *                 "type": "patient",
                     *                 "id": 3,
                     *                 "name": "Siti Rahma"
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        session: components["schemas"]["Session"];
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
    resizeSession: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *       "session": {
                 *         "capacity": 10
                 *       }
                 *     }
                 */
                "application/json": {
                    session: {
                        capacity: number;
                    };
                };
            };
        };
        responses: {
            /** @description The session */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "session": {
                     *         "id": 61,
                     *         "visit_type_id": 5,
                     *         "doctor_id": 7,
                     *         "location_id": 2,
                     *         "status": "booked",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "capacity": 8,
                     *         "places_left": 3
                     *       }
                     *     }
                     */
                    "application/json": {
                        session: components["schemas"]["Session"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["too_few_places.wrong_status.still_running"];
            412: components["responses"]["stale.no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    cancelSession: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *       "cancellation": {
                 *         "reason": "The trainer is ill"
                 *       }
                 *     }
                 */
                "application/json": {
                    cancellation: {
                        /** @description Kept in the history of each appointment */
                        reason: string;
                    };
                };
            };
        };
        responses: {
            /** @description The session */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "session": {
                     *         "id": 61,
                     *         "visit_type_id": 5,
                     *         "doctor_id": 7,
                     *         "location_id": 2,
                     *         "status": "cancelled",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "capacity": 8,
                     *         "places_left": 3
                     *       }
                     *     }
                     */
                    "application/json": {
                        session: components["schemas"]["Session"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["wrong_status.still_running"];
            412: components["responses"]["stale.no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["too_late.invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    moveSession: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *       "rescheduling": {
                 *         "start_at": "2026-11-24T09:00:00+07:00"
                 *       }
                 *     }
                 */
                "application/json": {
                    rescheduling: {
                        /** @description Defaults to the current doctor */
                        doctor_id?: components["schemas"]["Id"];
                        location_id?: components["schemas"]["Id"];
                        start_at: components["schemas"]["Minute"];
                        /** @description Allows a time outside the doctor’s hours, and records why */
                        override_reason?: string;
                        resource_ids?: components["schemas"]["Id"][];
                    };
                };
            };
        };
        responses: {
            /** @description The session */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "session": {
                     *         "id": 61,
                     *         "visit_type_id": 5,
                     *         "doctor_id": 7,
                     *         "location_id": 2,
                     *         "status": "booked",
                     *         "start_at": "2026-11-23T02:00:00.000Z",
                     *         "end_at": "2026-11-23T02:30:00.000Z",
                     *         "start_local": "2026-11-23T09:00",
                     *         "end_local": "2026-11-23T09:30",
                     *         "time_zone": "Asia/Jakarta",
                     *         "capacity": 8,
                     *         "places_left": 3
                     *       }
                     *     }
                     */
                    "application/json": {
                        session: components["schemas"]["Session"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["slot_taken.patient_busy.resource_taken.wrong_status.still_running"];
            412: components["responses"]["stale.no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["outside_hours.off_grid.short_notice.beyond_horizon.day_full.not_offered.session_needed.in_the_past.too_late.invalid.key_reused"];
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
                /** @description Also those who are retired, or whose locations are all closed for good. Staff only. */
                include_inactive?: "true";
                /** @description Maximum number of results per page */
                limit?: number;
                /** @description Where the next page starts. Take it from the `Link` header of the previous page of the same list. */
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
                    Deprecation: components["headers"]["Deprecation"];
                    Sunset: components["headers"]["Sunset"];
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
                     *           "role": "doctor",
                     *           "grid_minutes": 15,
                     *           "is_active": true,
                     *           "is_listed": true,
                     *           "sort_order": 0,
                     *           "version": 3,
                     *           "locations": [
                     *             {
                     *               "id": 2,
                     *               "name": "Menteng",
                     *               "time_zone": "Asia/Jakarta"
                     *             }
                     *           ],
                     *           "location": {
                     *             "id": 2,
                     *             "name": "Menteng",
                     *             "time_zone": "Asia/Jakarta"
                     *           },
                     *           "weekly_hours": [
                     *             {
                     *               "weekday": 1,
                     *               "opens_at": "09:00",
                     *               "closes_at": "17:00",
                     *               "location_id": 2
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
            403: components["responses"]["forbidden"];
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *         "location_ids": [
                 *           2
                 *         ],
                 *         "specialty": "General practice",
                 *         "role": "doctor",
                 *         "grid_minutes": 15,
                 *         "is_listed": true,
                 *         "sort_order": 0
                 *       }
                 *     }
                 */
                "application/json": {
                    doctor: {
                        /** @description One line of 1 to 100 characters, none of them invisible. Spaces around it are removed. */
                        name: string;
                        location_ids?: components["schemas"]["Id"][];
                        /** @description Deprecated: send `location_ids` */
                        location_id?: components["schemas"]["Id"];
                        /**
                         * @description One line of 1 to 100 characters, none of them invisible. Spaces around it are removed.
                         * @default General practice
                         */
                        specialty?: string;
                        /**
                         * @description What they do, in your own words: at most 60 characters. Visit types ask for roles.
                         * @default doctor
                         */
                        role?: string;
                        /** @default 15 */
                        grid_minutes?: components["schemas"]["GridMinutes"];
                        is_listed?: boolean;
                        sort_order?: number;
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
                    ETag: components["headers"]["ETag"];
                    Deprecation: components["headers"]["Deprecation"];
                    Sunset: components["headers"]["Sunset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "doctor": {
                     *         "id": 7,
                     *         "name": "Dr. Strange",
                     *         "location_ids": [
                     *           2
                     *         ],
                     *         "specialty": "General practice",
                     *         "role": "doctor",
                     *         "grid_minutes": 15,
                     *         "is_listed": true,
                     *         "sort_order": 0,
                     *         "location_id": 2,
                     *         "version": 1
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
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
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
                    Deprecation: components["headers"]["Deprecation"];
                    Sunset: components["headers"]["Sunset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "doctor": {
                     *         "id": 7,
                     *         "name": "Dr. Strange",
                     *         "specialty": "General practice",
                     *         "role": "doctor",
                     *         "grid_minutes": 15,
                     *         "is_active": true,
                     *         "is_listed": true,
                     *         "sort_order": 0,
                     *         "version": 3,
                     *         "locations": [
                     *           {
                     *             "id": 2,
                     *             "name": "Menteng",
                     *             "time_zone": "Asia/Jakarta"
                     *           }
                     *         ],
                     *         "location": {
                     *           "id": 2,
                     *           "name": "Menteng",
                     *           "time_zone": "Asia/Jakarta"
                     *         },
                     *         "weekly_hours": [
                     *           {
                     *             "weekday": 1,
                     *             "opens_at": "09:00",
                     *             "closes_at": "17:00",
                     *             "location_id": 2
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
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                 *       "doctor": {
                 *         "specialty": "Neurology"
                 *       }
                 *     }
                 */
                "application/json": {
                    doctor: {
                        /** @description One line of 1 to 100 characters, none of them invisible. Spaces around it are removed. */
                        name?: string;
                        /** @description One line of 1 to 100 characters, none of them invisible. Spaces around it are removed. */
                        specialty?: string;
                        /** @description What they do, in your own words: at most 60 characters. `appointment_ids` lists the upcoming appointments that need the role or specialty they had. */
                        role?: string;
                        grid_minutes?: components["schemas"]["GridMinutes"];
                        /** @description False once the doctor is retired: nobody can book them */
                        is_active?: boolean;
                        /** @description The upcoming appointments that a retired doctor may leave behind, by id */
                        may_strand?: components["schemas"]["Id"][];
                        is_listed?: boolean;
                        sort_order?: number;
                        /** @description Where the doctor works from now on, all in one time zone. Their hours elsewhere end; `appointment_ids` lists the appointments there. */
                        location_ids?: components["schemas"]["Id"][];
                        /** @description Another entry of the same person: neither can be booked while the other is. Refused while appointments of the two overlap; null separates them again. */
                        same_person_as?: components["schemas"]["Id"] | null;
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
                    ETag: components["headers"]["ETag"];
                    Deprecation: components["headers"]["Deprecation"];
                    Sunset: components["headers"]["Sunset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "doctor": {
                     *         "id": 7,
                     *         "name": "Dr. Strange",
                     *         "specialty": "General practice",
                     *         "role": "doctor",
                     *         "grid_minutes": 15,
                     *         "is_active": true,
                     *         "is_listed": true,
                     *         "sort_order": 0,
                     *         "version": 3,
                     *         "locations": [
                     *           {
                     *             "id": 2,
                     *             "name": "Menteng",
                     *             "time_zone": "Asia/Jakarta"
                     *           }
                     *         ],
                     *         "location": {
                     *           "id": 2,
                     *           "name": "Menteng",
                     *           "time_zone": "Asia/Jakarta"
                     *         },
                     *         "weekly_hours": [
                     *           {
                     *             "weekday": 1,
                     *             "opens_at": "09:00",
                     *             "closes_at": "17:00",
                     *             "location_id": 2
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
                     *       },
                     *       "appointment_ids": []
                     *     }
                     */
                    "application/json": {
                        doctor: components["schemas"]["Doctor"];
                        /** @description Upcoming appointments that this leaves without their doctor, place, time or visit type. They stay booked, so the clinic should contact these patients. */
                        appointment_ids: number[];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running.would_strand"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            428: components["responses"]["precondition_required"];
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
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
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
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                        location_id?: components["schemas"]["Id"];
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
                     *       ],
                     *       "appointment_ids": [
                     *         42
                     *       ]
                     *     }
                     */
                    "application/json": {
                        weekly_hours: components["schemas"]["WeeklyHours"][];
                        /** @description Upcoming appointments that this leaves without their doctor, place, time or visit type. They stay booked, so the clinic should contact these patients. */
                        appointment_ids: number[];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            428: components["responses"]["precondition_required"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    offerVisitTypes: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
            /** @description The visit types the doctor offers */
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
                     *       "visit_type_ids": [
                     *         1,
                     *         2
                     *       ],
                     *       "appointment_ids": [
                     *         42
                     *       ]
                     *     }
                     */
                    "application/json": {
                        visit_type_ids: number[];
                        /** @description Upcoming appointments that this leaves without their doctor, place, time or visit type. They stay booked, so the clinic should contact these patients. */
                        appointment_ids: number[];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            428: components["responses"]["precondition_required"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listResources: {
        parameters: {
            query?: {
                location_id?: components["schemas"]["Id"];
                type?: "room" | "device";
                /** @description Maximum number of results per page */
                limit?: number;
                /** @description Where the next page starts. Take it from the `Link` header of the previous page of the same list. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of rooms and devices */
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
                     *       "resources": [
                     *         {
                     *           "id": 31,
                     *           "location_id": 2,
                     *           "type": "device",
                     *           "kind": "ultrasound",
                     *           "name": "Ultrasound 1",
                     *           "sort_order": 0,
                     *           "is_active": true,
                     *           "version": 3,
                     *           "weekly_hours": [
                     *             {
                     *               "weekday": 1,
                     *               "opens_at": "09:00",
                     *               "closes_at": "17:00"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        resources: components["schemas"]["Resource"][];
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
    addResource: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *       "resource": {
                 *         "location_id": 2,
                 *         "type": "device",
                 *         "kind": "ultrasound",
                 *         "name": "Ultrasound 1",
                 *         "sort_order": 0
                 *       }
                 *     }
                 */
                "application/json": {
                    resource: {
                        location_id: components["schemas"]["Id"];
                        /** @enum {string} */
                        type: "room" | "device";
                        /** @description What visit types ask for, in your own words: at most 60 characters */
                        kind: string;
                        /** @description One line of 1 to 100 characters, none of them invisible. Spaces around it are removed. */
                        name: string;
                        /**
                         * @description When several are equally loaded, the lowest is taken first
                         * @default 0
                         */
                        sort_order?: number;
                    };
                };
            };
        };
        responses: {
            /** @description The room or device */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "resource": {
                     *         "id": 31,
                     *         "location_id": 2,
                     *         "type": "device",
                     *         "kind": "ultrasound",
                     *         "name": "Ultrasound 1",
                     *         "sort_order": 0,
                     *         "is_active": true,
                     *         "version": 3,
                     *         "weekly_hours": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        resource: components["schemas"]["Resource"];
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
    getResource: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
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
            /** @description The room or device */
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
                     *       "resource": {
                     *         "id": 31,
                     *         "location_id": 2,
                     *         "type": "device",
                     *         "kind": "ultrasound",
                     *         "name": "Ultrasound 1",
                     *         "sort_order": 0,
                     *         "is_active": true,
                     *         "version": 3,
                     *         "weekly_hours": [
                     *           {
                     *             "weekday": 1,
                     *             "opens_at": "09:00",
                     *             "closes_at": "17:00"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        resource: components["schemas"]["Resource"];
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
    changeResource: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                 *       "resource": {
                 *         "name": "Ultrasound 2",
                 *         "is_active": false
                 *       }
                 *     }
                 */
                "application/json": {
                    resource: {
                        /** @description One line of 1 to 100 characters, none of them invisible. Spaces around it are removed. */
                        name?: string;
                        /** @description One line of 1 to 60 characters, none of them invisible. Spaces around it are removed. */
                        kind?: string;
                        sort_order?: number;
                        /** @description If false, new appointments cannot take it */
                        is_active?: boolean;
                        /** @description The upcoming appointments that may keep it while it is out of use, by id */
                        may_strand?: components["schemas"]["Id"][];
                    };
                };
            };
        };
        responses: {
            /** @description The room or device */
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
                     *       "resource": {
                     *         "id": 31,
                     *         "location_id": 2,
                     *         "type": "device",
                     *         "kind": "ultrasound",
                     *         "name": "Ultrasound 2",
                     *         "sort_order": 0,
                     *         "is_active": false,
                     *         "version": 3,
                     *         "weekly_hours": [
                     *           {
                     *             "weekday": 1,
                     *             "opens_at": "09:00",
                     *             "closes_at": "17:00"
                     *           }
                     *         ]
                     *       },
                     *       "appointment_ids": [
                     *         42
                     *       ]
                     *     }
                     */
                    "application/json": {
                        resource: components["schemas"]["Resource"];
                        /** @description Upcoming appointments that this leaves without their doctor, place, time or visit type. They stay booked, so the clinic should contact these patients. */
                        appointment_ids: number[];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running.would_strand"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            428: components["responses"]["precondition_required"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    setResourceHours: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                 *       "weekly_hours": [
                 *         {
                 *           "weekday": 1,
                 *           "opens_at": "09:00",
                 *           "closes_at": "17:00"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    weekly_hours: {
                        weekday: number;
                        opens_at: string;
                        closes_at: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description The hours */
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
                     *           "closes_at": "17:00"
                     *         }
                     *       ],
                     *       "appointment_ids": [
                     *         42
                     *       ]
                     *     }
                     */
                    "application/json": {
                        weekly_hours: {
                            /** @description ISO 8601: 1 is Monday, 7 is Sunday */
                            weekday: number;
                            /** @description Local time at the location; 24:00 is the end of the day */
                            opens_at: string;
                            /** @description Local time at the location; 24:00 is the end of the day */
                            closes_at: string;
                        }[];
                        /** @description Upcoming appointments that this leaves without their doctor, place, time or visit type. They stay booked, so the clinic should contact these patients. */
                        appointment_ids: number[];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            428: components["responses"]["precondition_required"];
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
            /** @description Current and future ones */
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
                     *           ],
                     *           "location_id": null,
                     *           "kind": "away"
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *         "reason": "Christmas",
                 *         "location_id": null,
                 *         "kind": "away"
                 *       }
                 *     }
                 */
                "application/json": {
                    time_off: {
                        start_local: components["schemas"]["WallClock"];
                        /** @description After `start_local`, by at most two years */
                        end_local: components["schemas"]["WallClock"];
                        /** @description For clinic staff only */
                        reason?: string;
                        /** @description One of the doctor’s locations; without it, the doctor is away from all of them. If you enter the same times for another location, the two become one entry for all locations. */
                        location_id?: components["schemas"]["Id"] | null;
                        /**
                         * @description `away` when left out. A `block` is time that the doctor is busy in the clinic; `reason` is its name. A `reserve` is kept for emergencies: it is closed to online booking, and the front desk books in it without `override_reason`.
                         * @enum {string}
                         */
                        kind?: "away" | "block" | "reserve";
                    };
                };
            };
        };
        responses: {
            /** @description The new entry */
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
                     *         ],
                     *         "location_id": null,
                     *         "kind": "away"
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
            /** @description It is removed */
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
            /** @description Current and future ones */
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                        /** @description After `start_local`, by at most two years */
                        end_local: components["schemas"]["WallClock"];
                        /** @description For clinic staff only */
                        reason?: string;
                    };
                };
            };
        };
        responses: {
            /** @description The new entry */
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
            /** @description It is removed */
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
    listResourceAbsences: {
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
            /** @description Current and future ones */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "absences": [
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
                        absences: components["schemas"]["Absence"][];
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
    putOutOfOrder: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *       "absence": {
                 *         "start_local": "2026-12-24T12:00",
                 *         "end_local": "2026-12-27T00:00",
                 *         "reason": "Christmas"
                 *       }
                 *     }
                 */
                "application/json": {
                    absence: {
                        start_local: components["schemas"]["WallClock"];
                        /** @description After `start_local`, by at most two years */
                        end_local: components["schemas"]["WallClock"];
                        /** @description For clinic staff only */
                        reason?: string;
                    };
                };
            };
        };
        responses: {
            /** @description The new entry */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "absence": {
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
                        absence: components["schemas"]["Absence"];
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
    putBackInOrder: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
            /** @description It is removed */
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
    listPatients: {
        parameters: {
            query?: {
                /** @description Part of the name, exactly as it is written but in upper or lower case. Deprecated: `q` finds more */
                name?: string;
                /** @description Maximum number of results per page */
                limit?: number;
                /** @description Where the next page starts. Take it from the `Link` header of the previous page of the same list. */
                cursor?: string;
                /** @description What a person typed to find a patient; not together with `cursor` */
                q?: string;
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
                     *           "name": "Patient Zero",
                     *           "called_name": null,
                     *           "birth_date": "1990-05-17",
                     *           "phone_ending": "7890",
                     *           "record_number": "RM-001234",
                     *           "is_active": true,
                     *           "is_deceased": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        patients: components["schemas"]["PatientSummary"][];
                        /** @description Only with `q` */
                        is_cut?: boolean;
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *         "name": "Patient Zero"
                 *       }
                 *     }
                 */
                "application/json": {
                    patient: {
                        /** @description One line of 1 to 100 characters, none of them invisible. Spaces around it are removed. */
                        name: string;
                        /** @description What to call them, if it is not their name */
                        called_name?: string | null;
                        birth_date?: (string & (unknown & unknown)) | null;
                        sex?: ("female" | "male" | "other" | "unknown") | null;
                        /** @description With the country code, in E.164 */
                        phone?: string | null;
                        /** @description Where the patient is written to. A family can share it; it gives no one access. Front desk only. */
                        contact_email?: components["schemas"]["Email"] | null;
                        /** @description BCP 47 tags, the preferred language first */
                        languages?: string[];
                        preferred_channel?: ("email" | "whatsapp" | "sms" | "phone") | null;
                        address?: string | null;
                        /** @description For staff. Front desk only. */
                        desk_note?: string | null;
                        /** @description Front desk only */
                        identifiers?: {
                            /** @enum {string} */
                            issuer: "nik" | "bpjs" | "passport" | "record";
                            value: string;
                        }[];
                        /** @description The same as `contact_email`, under its older name */
                        email?: components["schemas"]["Email"];
                        /** @description The account that can act for the patient. Defaults to your own if you are a patient. */
                        account_id?: components["schemas"]["Id"];
                        /** @description Register them even if they may already exist */
                        confirmed?: boolean;
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
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "patient": {
                     *         "id": 3,
                     *         "name": "Patient Zero",
                     *         "called_name": null,
                     *         "birth_date": "1990-05-17",
                     *         "sex": null,
                     *         "phone": "+6281234567890",
                     *         "contact_email": "zero@example.com",
                     *         "languages": [
                     *           "id",
                     *           "en"
                     *         ],
                     *         "preferred_channel": "whatsapp",
                     *         "address": "Jl. Melati 5\nJakarta 10310",
                     *         "identifiers": [
                     *           {
                     *             "issuer": "record",
                     *             "value": "RM-000123"
                     *           }
                     *         ],
                     *         "is_deceased": false,
                     *         "is_active": true,
                     *         "moved_to_id": null,
                     *         "erased_at": null
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
            409: components["responses"]["may_exist.identifier_taken.too_many_dependants.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["nik_disagrees.invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    searchPatients: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *       "search": {
                 *         "q": "zero 1990"
                 *       }
                 *     }
                 */
                "application/json": {
                    search: {
                        /** @description What the person typed, such as `siti 1990` or `7890` */
                        q: string;
                    };
                };
            };
        };
        responses: {
            /** @description At most 20 patients, the best matches first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "patients": [
                     *         {
                     *           "id": 3,
                     *           "name": "Patient Zero",
                     *           "called_name": null,
                     *           "birth_date": "1990-05-17",
                     *           "phone_ending": "7890",
                     *           "record_number": "RM-001234",
                     *           "is_active": true,
                     *           "is_deceased": false
                     *         }
                     *       ],
                     *       "is_cut": false
                     *     }
                     */
                    "application/json": {
                        patients: components["schemas"]["PatientSummary"][];
                        /** @description There may be more: type more to find the person */
                        is_cut: boolean;
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
    getPatient: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
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
                     *         "name": "Patient Zero",
                     *         "called_name": null,
                     *         "birth_date": "1990-05-17",
                     *         "sex": null,
                     *         "phone": "+6281234567890",
                     *         "contact_email": "zero@example.com",
                     *         "languages": [
                     *           "id",
                     *           "en"
                     *         ],
                     *         "preferred_channel": "whatsapp",
                     *         "address": "Jl. Melati 5\nJakarta 10310",
                     *         "identifiers": [
                     *           {
                     *             "issuer": "record",
                     *             "value": "RM-000123"
                     *           }
                     *         ],
                     *         "is_deceased": false,
                     *         "is_active": true,
                     *         "moved_to_id": null,
                     *         "erased_at": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        patient: components["schemas"]["Patient"];
                    };
                };
            };
            301: components["responses"]["Moved"];
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
    correctPatient: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                 *       "patient": {
                 *         "phone": "+6281234567891",
                 *         "preferred_channel": "sms"
                 *       }
                 *     }
                 */
                "application/json": {
                    patient: {
                        /** @description One line of 1 to 100 characters, none of them invisible. Spaces around it are removed. */
                        name?: string;
                        /** @description What to call them, if it is not their name */
                        called_name?: string | null;
                        birth_date?: (string & (unknown & unknown)) | null;
                        sex?: ("female" | "male" | "other" | "unknown") | null;
                        /** @description With the country code, in E.164 */
                        phone?: string | null;
                        /** @description Where they are written to. A family can share it; it gives no one access. */
                        contact_email?: components["schemas"]["Email"] | null;
                        /** @description BCP 47 tags, the preferred language first */
                        languages?: string[];
                        preferred_channel?: ("email" | "whatsapp" | "sms" | "phone") | null;
                        address?: string | null;
                        /** @description For staff. Front desk only. */
                        desk_note?: string | null;
                        /** @description All of them, as you read them: those that you leave out of the list are removed, also where they came with a merged record. Undoing the merge later does not bring them back. Front desk only. */
                        identifiers?: {
                            /** @enum {string} */
                            issuer: "nik" | "bpjs" | "passport" | "record";
                            value: string;
                        }[];
                        /** @description Front desk only */
                        is_deceased?: boolean;
                        /** @description If false, nothing can be booked for them. Front desk only. */
                        is_active?: boolean;
                    };
                };
            };
        };
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
                     *         "name": "Patient Zero",
                     *         "called_name": null,
                     *         "birth_date": "1990-05-17",
                     *         "sex": null,
                     *         "phone": "+6281234567890",
                     *         "contact_email": "zero@example.com",
                     *         "languages": [
                     *           "id",
                     *           "en"
                     *         ],
                     *         "preferred_channel": "whatsapp",
                     *         "address": "Jl. Melati 5\nJakarta 10310",
                     *         "identifiers": [
                     *           {
                     *             "issuer": "record",
                     *             "value": "RM-000123"
                     *           }
                     *         ],
                     *         "is_deceased": false,
                     *         "is_active": true,
                     *         "moved_to_id": null,
                     *         "erased_at": null
                     *       },
                     *       "correction_request": null
                     *     }
                     */
                    "application/json": {
                        patient: components["schemas"]["Patient"];
                        /** @description The open request, if there is one */
                        correction_request: components["schemas"]["CorrectionRequest"] | null;
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["identifier_taken.patient_erased.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["nik_disagrees.invalid.key_reused"];
            428: components["responses"]["precondition_required"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listCorrectionRequests: {
        parameters: {
            query?: {
                /** @description Maximum number of results per page */
                limit?: number;
                /** @description Where the next page starts. Take it from the `Link` header of the previous page of the same list. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of requests */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "correction_requests": [
                     *         {
                     *           "id": 4,
                     *           "patient_id": 3,
                     *           "changes": {
                     *             "name": "Patient One"
                     *           },
                     *           "status": "open",
                     *           "requested_at": "2026-11-24T08:30:00.000Z",
                     *           "decided_at": null,
                     *           "reason": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        correction_requests: components["schemas"]["CorrectionRequest"][];
                    };
                };
            };
            304: components["responses"]["NotModified"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["invalid"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    acceptCorrection: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
            /** @description The request */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "correction_request": {
                     *         "id": 4,
                     *         "patient_id": 3,
                     *         "changes": {
                     *           "name": "Patient One"
                     *         },
                     *         "status": "open",
                     *         "requested_at": "2026-11-24T08:30:00.000Z",
                     *         "decided_at": null,
                     *         "reason": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        correction_request: components["schemas"]["CorrectionRequest"];
                    };
                };
            };
            400: components["responses"]["malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["identifier_taken.patient_erased.already_decided.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            422: components["responses"]["nik_disagrees.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    declineCorrection: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *       "rejection": {
                 *         "reason": "Please show us your birth certificate"
                 *       }
                 *     }
                 */
                "application/json": {
                    rejection: {
                        /** @description The patient reads it */
                        reason: string;
                    };
                };
            };
        };
        responses: {
            /** @description The request */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "correction_request": {
                     *         "id": 4,
                     *         "patient_id": 3,
                     *         "changes": {
                     *           "name": "Patient One"
                     *         },
                     *         "status": "open",
                     *         "requested_at": "2026-11-24T08:30:00.000Z",
                     *         "decided_at": null,
                     *         "reason": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        correction_request: components["schemas"]["CorrectionRequest"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["identifier_taken.patient_erased.already_decided.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["nik_disagrees.invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    unlinkPatient: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 7 */
                id: number;
                /** @example 7 */
                accountId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account no longer acts for the patient */
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
    mergePatients: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *       "merge": {
                 *         "into_id": 3,
                 *         "reason": "Registered twice"
                 *       }
                 *     }
                 */
                "application/json": {
                    merge: {
                        /** @description The record that stays */
                        into_id: components["schemas"]["Id"];
                        /** @description Kept in the history of the records and of each appointment that moves */
                        reason?: string;
                        /** @description Merge them although they differ in `birth_date`, `nik`, `bpjs` or `passport` */
                        confirmed?: boolean;
                    };
                };
            };
        };
        responses: {
            /** @description The merge */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "merge": {
                     *         "id": 6,
                     *         "from_id": 31,
                     *         "into_id": 3,
                     *         "merged_at": "2026-11-22T08:00:00.000Z",
                     *         "undo_until": "2026-12-22T08:00:00.000Z",
                     *         "undone_at": null,
                     *         "appointment_ids": [
                     *           42
                     *         ],
                     *         "filled": [
                     *           "phone"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        merge: components["schemas"]["PatientMerge"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["patient_erased.already_merged.appointments_overlap.records_differ.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    unmergePatients: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
            /** @description The undone merge */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "merge": {
                     *         "id": 6,
                     *         "from_id": 31,
                     *         "into_id": 3,
                     *         "merged_at": "2026-11-22T08:00:00.000Z",
                     *         "undo_until": "2026-12-22T08:00:00.000Z",
                     *         "undone_at": null,
                     *         "appointment_ids": [
                     *           42
                     *         ],
                     *         "filled": [
                     *           "phone"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        merge: components["schemas"]["PatientMerge"];
                    };
                };
            };
            400: components["responses"]["malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["patient_erased.already_merged.undo_expired.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            422: components["responses"]["key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    erasePatient: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *       "erasure": {
                 *         "cancel_appointments": true
                 *       }
                 *     }
                 */
                "application/json": {
                    erasure: {
                        /** @description Cancel the appointments that are still to come */
                        cancel_appointments?: boolean;
                    };
                };
            };
        };
        responses: {
            /** @description What was erased */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "erasure": {
                     *         "patient_id": 3,
                     *         "erased_at": "2026-11-28T03:12:09.480Z",
                     *         "cancelled_appointment_ids": [
                     *           56
                     *         ],
                     *         "closed_account_ids": [
                     *           5
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        erasure: components["schemas"]["Erasure"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["on_legal_hold.has_future_appointments.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    placeLegalHold: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *       "legal_hold": {
                 *         "reason": "A court asked for the record"
                 *       }
                 *     }
                 */
                "application/json": {
                    legal_hold: {
                        /** @description Why the law requires that the data is kept */
                        reason: string;
                    };
                };
            };
        };
        responses: {
            /** @description The legal hold */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "legal_hold": {
                     *         "patient_id": 3,
                     *         "is_on_legal_hold": true
                     *       }
                     *     }
                     */
                    "application/json": {
                        legal_hold: components["schemas"]["LegalHold"];
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
    liftLegalHold: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
            /** @description The patient is no longer on legal hold */
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
    setPatientFlag: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 7 */
                id: number;
                /** @example balance */
                flag: "form_missing" | "interpreter" | "balance";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The flags of the patient */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "patient_flags": {
                     *         "patient_id": 12,
                     *         "flags": [
                     *           "balance"
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        patient_flags: components["schemas"]["PatientFlags"];
                    };
                };
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
    removePatientFlag: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @example 7 */
                id: number;
                /** @example balance */
                flag: "form_missing" | "interpreter" | "balance";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The flags that are left */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "patient_flags": {
                     *         "patient_id": 12,
                     *         "flags": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        patient_flags: components["schemas"]["PatientFlags"];
                    };
                };
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
    listPatientAccesses: {
        parameters: {
            query?: {
                /** @description Maximum number of results per page */
                limit?: number;
                /** @description Where the next page starts. Take it from the `Link` header of the previous page of the same list. */
                cursor?: string;
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
            /** @description A page of accesses */
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
                     *       "patient_accesses": [
                     *         {
                     *           "id": 91,
                     *           "at": "2026-11-27T03:12:09.480Z",
                     *           "what": "record",
                     *           "actor_kind": "front_desk",
                     *           "is_by_key": false,
                     *           "account_id": 2
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        patient_accesses: components["schemas"]["PatientAccess"][];
                    };
                };
            };
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["invalid"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listPatientEvents: {
        parameters: {
            query?: {
                /** @description Maximum number of results per page */
                limit?: number;
                /** @description Where the next page starts. Take it from the `Link` header of the previous page of the same list. */
                cursor?: string;
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
            /** @description A page of events */
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
                     *       "patient_events": [
                     *         {
                     *           "id": 512,
                     *           "patient_id": 3,
                     *           "kind": "patient.corrected",
                     *           "at": "2026-11-27T03:12:09.480Z",
                     *           "actor": "front_desk",
                     *           "account_id": 2,
                     *           "api_key_id": null,
                     *           "request_id": "0e8f6a54-6b0c-4b6c-9c0e-4f1c8a4a2d11",
                     *           "reason": null,
                     *           "before": {
                     *             "phone": null
                     *           },
                     *           "after": {
                     *             "phone": "+6281234567890"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        patient_events: components["schemas"]["PatientEvent"][];
                    };
                };
            };
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["invalid"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    exportPatient: {
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
            /** @description The export, as a file */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    "Content-Disposition": components["headers"]["Content-Disposition"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "patient_export": {
                     *         "format": 1,
                     *         "made_at": "2026-11-28T05:00:00Z",
                     *         "patient_id": 3,
                     *         "records": [
                     *           {
                     *             "id": 3,
                     *             "version": 2,
                     *             "name": "Patient Zero",
                     *             "called_name": null,
                     *             "birth_date": "1990-05-17",
                     *             "sex": null,
                     *             "phone": "+6281234567890",
                     *             "contact_email": "zero@example.com",
                     *             "email": null,
                     *             "languages": [
                     *               "id"
                     *             ],
                     *             "preferred_channel": null,
                     *             "address": null,
                     *             "desk_note": null,
                     *             "is_deceased": false,
                     *             "is_active": true,
                     *             "moved_to_id": null,
                     *             "is_on_legal_hold": false,
                     *             "erased_at": null,
                     *             "created_at": "2026-11-20T04:00:00Z",
                     *             "identifiers": [
                     *               {
                     *                 "issuer": "record",
                     *                 "value": "MR-0003"
                     *               }
                     *             ]
                     *           }
                     *         ],
                     *         "appointments": [],
                     *         "accounts": [
                     *           {
                     *             "id": 5,
                     *             "relation": "dependant",
                     *             "linked_at": "2026-11-20T04:00:00Z",
                     *             "ends_on": null,
                     *             "notice_sent_at": null
                     *           }
                     *         ],
                     *         "messages": [],
                     *         "walk_ins": [],
                     *         "flags": [
                     *           {
                     *             "flag": "interpreter",
                     *             "set_at": "2026-11-27T03:12:09.480Z"
                     *           }
                     *         ],
                     *         "message_preferences": [
                     *           {
                     *             "kind": "reminder",
                     *             "choice": "unwanted",
                     *             "chosen_at": "2026-11-27T03:12:09.480Z"
                     *           }
                     *         ],
                     *         "record_events": [],
                     *         "correction_requests": [],
                     *         "invitations": [],
                     *         "merges": [],
                     *         "accesses": [
                     *           {
                     *             "patient_id": 3,
                     *             "at": "2026-11-27T03:12:09.480Z",
                     *             "actor": "front_desk",
                     *             "with_key": false,
                     *             "what": "record"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        patient_export: components["schemas"]["PatientExport"];
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
    listAccountsOfPatient: {
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
            /** @description The accounts and the open invitations */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accounts": [
                     *         {
                     *           "account_id": 12,
                     *           "name": "Siti Rahmawati",
                     *           "email": "siti@example.com",
                     *           "relation": "dependant",
                     *           "linked_at": "2026-11-28T03:00:00.000Z",
                     *           "ends_on": "2038-05-17"
                     *         }
                     *       ],
                     *       "invitations": [
                     *         {
                     *           "id": 5,
                     *           "email": "budi@example.com",
                     *           "relation": "self",
                     *           "expires_at": "2026-12-12T03:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        accounts: components["schemas"]["Link"][];
                        invitations: components["schemas"]["Invitation"][];
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
    linkPatient: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *         "email": "siti@example.com",
                 *         "relation": "dependant"
                 *       }
                 *     }
                 */
                "application/json": {
                    account: {
                        /** @description With which the account signs in */
                        email: components["schemas"]["Email"];
                        /**
                         * @description `self` if it is the patient’s own account; an account has only one patient of its own
                         * @enum {string}
                         */
                        relation: "self" | "dependant";
                    };
                };
            };
        };
        responses: {
            /** @description The account can now act for the patient */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "account": {
                     *         "account_id": 12,
                     *         "relation": "dependant"
                     *       }
                     *     }
                     */
                    "application/json": {
                        account: {
                            account_id: number;
                            /**
                             * @description `self`: the patient’s own account; `dependant`: of someone who looks after them
                             * @enum {string}
                             */
                            relation: "self" | "dependant";
                        };
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["already_linked.other_self.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    invite: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *       "invitation": {
                 *         "email": "budi@example.com",
                 *         "relation": "self"
                 *       }
                 *     }
                 */
                "application/json": {
                    invitation: {
                        email: components["schemas"]["Email"];
                        /**
                         * @description `self` if it is the patient’s own address
                         * @enum {string}
                         */
                        relation: "self" | "dependant";
                    };
                };
            };
        };
        responses: {
            /** @description The invitation. This is the only time `code` is shown. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "invitation": {
                     *         "id": 5,
                     *         "email": "budi@example.com",
                     *         "relation": "self",
                     *         "expires_at": "2026-12-12T03:00:00.000Z",
                     *         "code": "1234 5678"
                     *       }
                     *     }
                     */
                    "application/json": {
                        invitation: components["schemas"]["NewInvitation"];
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
            429: components["responses"]["too_many_invitations.too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    withdrawInvitations: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
            /** @description No invitation is open */
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
    listMessages: {
        parameters: {
            query?: {
                /** @description Only messages in this state; `due` includes those that are being sent at this moment */
                state?: "due" | "sending" | "sent" | "failed" | "skipped";
                /** @description Only messages of this kind */
                kind?: "requested" | "booked" | "declined" | "lapsed" | "moved" | "cancelled" | "reminder" | "missed" | "approval_requested" | "staff_booked" | "staff_moved" | "staff_cancelled";
                /** @description Only messages through this channel */
                channel?: "email" | "whatsapp" | "sms";
                /** @description Only messages about this appointment */
                appointment_id?: components["schemas"]["Id"];
                /** @description Only messages about this patient’s appointments */
                patient_id?: components["schemas"]["Id"];
                /** @description Only messages due at or after this time */
                from?: components["schemas"]["Instant"];
                /** @description Only messages due before this time */
                to?: components["schemas"]["Instant"];
                /** @description Maximum number of results per page */
                limit?: number;
                /** @description Where the next page starts. Take it from the `Link` header of the previous page of the same list. */
                cursor?: string;
            };
            header?: {
                /**
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of messages */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    Link: components["headers"]["Link"];
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "messages": [
                     *         {
                     *           "id": 81,
                     *           "kind": "reminder",
                     *           "days_before": 1,
                     *           "state": "failed",
                     *           "reason": "provider_down",
                     *           "recipient": {
                     *             "type": "account",
                     *             "id": 12,
                     *             "name": "Ani Wijaya"
                     *           },
                     *           "channel": "email",
                     *           "address": "ani@example.com",
                     *           "language": "id",
                     *           "due_at": "2026-12-02T02:00:00.000Z",
                     *           "try_at": null,
                     *           "attempts": 9,
                     *           "provider": "resend",
                     *           "provider_id": null,
                     *           "sent_at": null,
                     *           "delivered_at": null,
                     *           "appointments": [
                     *             {
                     *               "id": 5,
                     *               "patient_id": 3,
                     *               "start_at": "2026-12-03T02:00:00.000Z",
                     *               "start_local": "2026-12-03T09:00",
                     *               "time_zone": "Asia/Jakarta"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        messages: components["schemas"]["Message"][];
                    };
                };
            };
            304: components["responses"]["NotModified"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["invalid"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    getMessage: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
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
            /** @description The message */
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
                     *       "message": {
                     *         "id": 81,
                     *         "kind": "reminder",
                     *         "days_before": 1,
                     *         "state": "failed",
                     *         "reason": "provider_down",
                     *         "recipient": {
                     *           "type": "account",
                     *           "id": 12,
                     *           "name": "Ani Wijaya"
                     *         },
                     *         "channel": "email",
                     *         "address": "ani@example.com",
                     *         "language": "id",
                     *         "due_at": "2026-12-02T02:00:00.000Z",
                     *         "try_at": null,
                     *         "attempts": 9,
                     *         "provider": "resend",
                     *         "provider_id": null,
                     *         "sent_at": null,
                     *         "delivered_at": null,
                     *         "appointments": [
                     *           {
                     *             "id": 5,
                     *             "patient_id": 3,
                     *             "start_at": "2026-12-03T02:00:00.000Z",
                     *             "start_local": "2026-12-03T09:00",
                     *             "time_zone": "Asia/Jakarta"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        message: components["schemas"]["Message"];
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
    resendMessage: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
            /** @description The message */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": {
                     *         "id": 81,
                     *         "kind": "reminder",
                     *         "days_before": 1,
                     *         "state": "due",
                     *         "reason": null,
                     *         "recipient": {
                     *           "type": "account",
                     *           "id": 12,
                     *           "name": "Ani Wijaya"
                     *         },
                     *         "channel": "email",
                     *         "address": "ani@example.com",
                     *         "language": "id",
                     *         "due_at": "2026-12-02T03:10:00.000Z",
                     *         "try_at": "2026-12-02T03:10:00.000Z",
                     *         "attempts": 9,
                     *         "provider": "resend",
                     *         "provider_id": null,
                     *         "sent_at": null,
                     *         "delivered_at": null,
                     *         "appointments": [
                     *           {
                     *             "id": 5,
                     *             "patient_id": 3,
                     *             "start_at": "2026-12-03T02:00:00.000Z",
                     *             "start_local": "2026-12-03T09:00",
                     *             "time_zone": "Asia/Jakarta"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        message: components["schemas"]["Message"];
                    };
                };
            };
            400: components["responses"]["malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_waiting.would_be_skipped.still_running"];
            412: components["responses"]["no_version"];
            413: components["responses"]["too_large"];
            422: components["responses"]["key_reused"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    stopMessage: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
            /** @description The message */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": {
                     *         "id": 81,
                     *         "kind": "reminder",
                     *         "days_before": 1,
                     *         "state": "skipped",
                     *         "reason": "stopped",
                     *         "recipient": {
                     *           "type": "account",
                     *           "id": 12,
                     *           "name": "Ani Wijaya"
                     *         },
                     *         "channel": "email",
                     *         "address": "ani@example.com",
                     *         "language": "id",
                     *         "due_at": "2026-12-02T02:00:00.000Z",
                     *         "try_at": null,
                     *         "attempts": 0,
                     *         "provider": "resend",
                     *         "provider_id": null,
                     *         "sent_at": null,
                     *         "delivered_at": null,
                     *         "appointments": [
                     *           {
                     *             "id": 5,
                     *             "patient_id": 3,
                     *             "start_at": "2026-12-03T02:00:00.000Z",
                     *             "start_local": "2026-12-03T09:00",
                     *             "time_zone": "Asia/Jakarta"
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        message: components["schemas"]["Message"];
                    };
                };
            };
            400: components["responses"]["malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["not_waiting.still_running"];
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
            query?: {
                /** @description Also those that are closed for good. Staff only. */
                include_inactive?: "true";
            };
            header?: {
                /**
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The locations */
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
                     *           "phone": "+62 21 5550 1234",
                     *           "directions": "The entrance is in the courtyard, next to the pharmacy.",
                     *           "email": "menteng@clinic.example",
                     *           "wanted_messages": "approvals",
                     *           "is_active": true,
                     *           "is_listed": true,
                     *           "sort_order": 0,
                     *           "version": 3
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
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["invalid"];
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *         "phone": "+62 21 5550 1234",
                 *         "directions": "The entrance is in the courtyard, next to the pharmacy.",
                 *         "email": "menteng@clinic.example",
                 *         "wanted_messages": "approvals",
                 *         "is_listed": true,
                 *         "sort_order": 0
                 *       }
                 *     }
                 */
                "application/json": {
                    location: {
                        /** @description One line of 1 to 100 characters, none of them invisible. Spaces around it are removed. */
                        name: string;
                        /** @description An IANA time zone such as Asia/Jakarta, or UTC */
                        time_zone: string;
                        /** @description One line of 1 to 200 characters, none of them invisible. Spaces around it are removed. */
                        address?: string;
                        /** @description One line of 1 to 40 characters, none of them invisible. Spaces around it are removed. */
                        phone?: string;
                        directions?: string;
                        email?: components["schemas"]["Email"];
                        /** @enum {string} */
                        wanted_messages?: "nothing" | "approvals" | "next_24_hours" | "everything";
                        is_listed?: boolean;
                        sort_order?: number;
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
                    ETag: components["headers"]["ETag"];
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
                     *         "phone": "+62 21 5550 1234",
                     *         "directions": "The entrance is in the courtyard, next to the pharmacy.",
                     *         "email": "menteng@clinic.example",
                     *         "wanted_messages": "approvals",
                     *         "is_active": true,
                     *         "is_listed": true,
                     *         "sort_order": 0,
                     *         "version": 3
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
    getLocation: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
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
            /** @description The location */
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
                     *       "location": {
                     *         "id": 2,
                     *         "name": "Menteng",
                     *         "time_zone": "Asia/Jakarta",
                     *         "address": "Jl. Menteng Raya 1, Jakarta",
                     *         "phone": "+62 21 5550 1234",
                     *         "directions": "The entrance is in the courtyard, next to the pharmacy.",
                     *         "email": "menteng@clinic.example",
                     *         "wanted_messages": "approvals",
                     *         "is_active": true,
                     *         "is_listed": true,
                     *         "sort_order": 0,
                     *         "version": 3
                     *       }
                     *     }
                     */
                    "application/json": {
                        location: components["schemas"]["Location"];
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
    changeLocation: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                 *       "location": {
                 *         "phone": "+62 21 5550 1234"
                 *       }
                 *     }
                 */
                "application/json": {
                    location: {
                        /** @description One line of 1 to 100 characters, none of them invisible. Spaces around it are removed. */
                        name?: string;
                        address?: string | null;
                        phone?: string | null;
                        directions?: string | null;
                        email?: components["schemas"]["Email"] | null;
                        /** @enum {string} */
                        wanted_messages?: "nothing" | "approvals" | "next_24_hours" | "everything";
                        /** @description IANA name. With appointments ahead it needs `keeps`. */
                        time_zone?: string;
                        /**
                         * @description What stays the same of the appointments ahead when `time_zone` changes
                         * @enum {string}
                         */
                        keeps?: "clock_time" | "instant";
                        /** @description Ids of other locations whose `time_zone` is corrected at the same time: all locations of a doctor have one */
                        together_with?: components["schemas"]["Id"][];
                        is_listed?: boolean;
                        sort_order?: number;
                        /** @description False once it is closed for good: nothing can be booked there */
                        is_active?: boolean;
                        /** @description The upcoming appointments that retiring it may leave behind, by id */
                        may_strand?: components["schemas"]["Id"][];
                    };
                };
            };
        };
        responses: {
            /** @description The location */
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
                     *       "location": {
                     *         "id": 2,
                     *         "name": "Menteng",
                     *         "time_zone": "Asia/Jakarta",
                     *         "address": "Jl. Menteng Raya 1, Jakarta",
                     *         "phone": "+62 21 5550 1234",
                     *         "directions": "The entrance is in the courtyard, next to the pharmacy.",
                     *         "email": "menteng@clinic.example",
                     *         "wanted_messages": "approvals",
                     *         "is_active": true,
                     *         "is_listed": true,
                     *         "sort_order": 0,
                     *         "version": 3
                     *       },
                     *       "appointment_ids": []
                     *     }
                     */
                    "application/json": {
                        location: components["schemas"]["Location"];
                        /** @description Upcoming appointments that this leaves without their doctor, place, time or visit type. They stay booked, so the clinic should contact these patients. */
                        appointment_ids: number[];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["clock_times_taken.doctors_elsewhere.still_running.would_strand"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["keeps_needed.invalid.key_reused"];
            428: components["responses"]["precondition_required"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listVisitTypes: {
        parameters: {
            query?: {
                /** @description Also those that are withdrawn. Staff only. */
                include_inactive?: "true";
            };
            header?: {
                /**
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
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
                     *           "bookable_online": true,
                     *           "requires_approval": false,
                     *           "approval_hours": 48,
                     *           "needs": [
                     *             {
                     *               "type": "room",
                     *               "kinds": [
                     *                 "consultation"
                     *               ],
                     *               "before_minutes": 0,
                     *               "after_minutes": 10
                     *             }
                     *           ],
                     *           "is_active": true,
                     *           "sort_order": 0,
                     *           "version": 3,
                     *           "capacity": null,
                     *           "reminder_days": [
                     *             3,
                     *             1
                     *           ],
                     *           "is_silent": false,
                     *           "bring": "Your identity card and any earlier results",
                     *           "preparation": null
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
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["invalid"];
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *         "bookable_online": true,
                 *         "requires_approval": false,
                 *         "approval_hours": 48,
                 *         "needs": [
                 *           {
                 *             "type": "room",
                 *             "kinds": [
                 *               "consultation"
                 *             ],
                 *             "before_minutes": 0,
                 *             "after_minutes": 10
                 *           }
                 *         ],
                 *         "is_active": true,
                 *         "sort_order": 0,
                 *         "capacity": null,
                 *         "reminder_days": [
                 *           3,
                 *           1
                 *         ],
                 *         "is_silent": false,
                 *         "bring": "Your identity card and any earlier results",
                 *         "preparation": null
                 *       }
                 *     }
                 */
                "application/json": {
                    visit_type: {
                        /** @description One line of 1 to 100 characters, none of them invisible. Spaces around it are removed. */
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
                        /** @default 0 */
                        sort_order?: number;
                        /** @default false */
                        requires_approval?: boolean;
                        /** @default 48 */
                        approval_hours?: number;
                        needs?: ({
                            /** @constant */
                            type: "role";
                            /** @description One line of 1 to 60 characters, none of them invisible. Spaces around it are removed. */
                            role: string;
                            /** @default null */
                            specialty?: string | null;
                            /** @default 0 */
                            before_minutes?: number;
                            /** @default 0 */
                            after_minutes?: number;
                        } | {
                            /** @enum {string} */
                            type: "room" | "device";
                            kinds: string[];
                            /** @default 0 */
                            before_minutes?: number;
                            /** @default 0 */
                            after_minutes?: number;
                        })[];
                        /** @default true */
                        is_active?: boolean;
                        /** @default null */
                        capacity?: number | null;
                        /**
                         * @default [
                         *       3,
                         *       1
                         *     ]
                         */
                        reminder_days?: number[];
                        /** @default false */
                        is_silent?: boolean;
                        /** @default null */
                        bring?: string | null;
                        /** @default null */
                        preparation?: string | null;
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
                    ETag: components["headers"]["ETag"];
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
                     *         "bookable_online": true,
                     *         "requires_approval": false,
                     *         "approval_hours": 48,
                     *         "needs": [
                     *           {
                     *             "type": "room",
                     *             "kinds": [
                     *               "consultation"
                     *             ],
                     *             "before_minutes": 0,
                     *             "after_minutes": 10
                     *           }
                     *         ],
                     *         "is_active": true,
                     *         "sort_order": 0,
                     *         "version": 3,
                     *         "capacity": null,
                     *         "reminder_days": [
                     *           3,
                     *           1
                     *         ],
                     *         "is_silent": false,
                     *         "bring": "Your identity card and any earlier results",
                     *         "preparation": null
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
    getVisitType: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
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
            /** @description The visit type */
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
                     *         "bookable_online": true,
                     *         "requires_approval": false,
                     *         "approval_hours": 48,
                     *         "needs": [
                     *           {
                     *             "type": "room",
                     *             "kinds": [
                     *               "consultation"
                     *             ],
                     *             "before_minutes": 0,
                     *             "after_minutes": 10
                     *           }
                     *         ],
                     *         "is_active": true,
                     *         "sort_order": 0,
                     *         "version": 3,
                     *         "capacity": null,
                     *         "reminder_days": [
                     *           3,
                     *           1
                     *         ],
                     *         "is_silent": false,
                     *         "bring": "Your identity card and any earlier results",
                     *         "preparation": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        visit_type: components["schemas"]["VisitType"];
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
    redefineVisitType: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                 *         "bookable_online": true,
                 *         "requires_approval": false,
                 *         "approval_hours": 48,
                 *         "needs": [
                 *           {
                 *             "type": "room",
                 *             "kinds": [
                 *               "consultation"
                 *             ],
                 *             "before_minutes": 0,
                 *             "after_minutes": 10
                 *           }
                 *         ],
                 *         "is_active": true,
                 *         "sort_order": 0,
                 *         "capacity": null,
                 *         "reminder_days": [
                 *           3,
                 *           1
                 *         ],
                 *         "is_silent": false,
                 *         "bring": "Your identity card and any earlier results",
                 *         "preparation": null
                 *       }
                 *     }
                 */
                "application/json": {
                    visit_type: {
                        /** @description One line of 1 to 100 characters, none of them invisible. Spaces around it are removed. */
                        name: string;
                        /** @enum {string} */
                        mode: "in_person" | "phone" | "video";
                        minutes: number;
                        buffer_before_minutes: number;
                        buffer_after_minutes: number;
                        notice_minutes: number;
                        cancellation_notice_minutes: number;
                        horizon_days: number;
                        daily_cap: number | null;
                        bookable_online: boolean;
                        sort_order: number;
                        requires_approval: boolean;
                        approval_hours: number;
                        needs: ({
                            /** @constant */
                            type: "role";
                            /** @description One line of 1 to 60 characters, none of them invisible. Spaces around it are removed. */
                            role: string;
                            /** @default null */
                            specialty?: string | null;
                            /** @default 0 */
                            before_minutes?: number;
                            /** @default 0 */
                            after_minutes?: number;
                        } | {
                            /** @enum {string} */
                            type: "room" | "device";
                            kinds: string[];
                            /** @default 0 */
                            before_minutes?: number;
                            /** @default 0 */
                            after_minutes?: number;
                        })[];
                        is_active: boolean;
                        capacity: number | null;
                        reminder_days: number[];
                        is_silent: boolean;
                        bring: string | null;
                        preparation: string | null;
                        /** @description The upcoming appointments that retiring it may leave behind, by id */
                        may_strand?: components["schemas"]["Id"][];
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
                    ETag: components["headers"]["ETag"];
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
                     *         "bookable_online": true,
                     *         "requires_approval": false,
                     *         "approval_hours": 48,
                     *         "needs": [
                     *           {
                     *             "type": "room",
                     *             "kinds": [
                     *               "consultation"
                     *             ],
                     *             "before_minutes": 0,
                     *             "after_minutes": 10
                     *           }
                     *         ],
                     *         "is_active": true,
                     *         "sort_order": 0,
                     *         "version": 3,
                     *         "capacity": null,
                     *         "reminder_days": [
                     *           3,
                     *           1
                     *         ],
                     *         "is_silent": false,
                     *         "bring": "Your identity card and any earlier results",
                     *         "preparation": null
                     *       },
                     *       "appointment_ids": []
                     *     }
                     */
                    "application/json": {
                        visit_type: components["schemas"]["VisitType"];
                        /** @description Upcoming appointments that this leaves without their doctor, place, time or visit type. They stay booked, so the clinic should contact these patients. */
                        appointment_ids: number[];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running.would_strand"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            428: components["responses"]["precondition_required"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    changeVisitTypeRules: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                 *       "visit_type": {
                 *         "name": "Long consultation",
                 *         "minutes": 45
                 *       }
                 *     }
                 */
                "application/json": {
                    visit_type: {
                        /** @description One line of 1 to 100 characters, none of them invisible. Spaces around it are removed. */
                        name?: string;
                        /** @enum {string} */
                        mode?: "in_person" | "phone" | "video";
                        minutes?: number;
                        buffer_before_minutes?: number;
                        buffer_after_minutes?: number;
                        notice_minutes?: number;
                        cancellation_notice_minutes?: number;
                        horizon_days?: number;
                        daily_cap?: number | null;
                        bookable_online?: boolean;
                        sort_order?: number;
                        requires_approval?: boolean;
                        approval_hours?: number;
                        needs?: ({
                            /** @constant */
                            type: "role";
                            /** @description One line of 1 to 60 characters, none of them invisible. Spaces around it are removed. */
                            role: string;
                            /** @default null */
                            specialty?: string | null;
                            /** @default 0 */
                            before_minutes?: number;
                            /** @default 0 */
                            after_minutes?: number;
                        } | {
                            /** @enum {string} */
                            type: "room" | "device";
                            kinds: string[];
                            /** @default 0 */
                            before_minutes?: number;
                            /** @default 0 */
                            after_minutes?: number;
                        })[];
                        is_active?: boolean;
                        capacity?: number | null;
                        reminder_days?: number[];
                        is_silent?: boolean;
                        bring?: string | null;
                        preparation?: string | null;
                        /** @description The upcoming appointments that retiring it may leave behind, by id */
                        may_strand?: components["schemas"]["Id"][];
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
                    ETag: components["headers"]["ETag"];
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
                     *         "bookable_online": true,
                     *         "requires_approval": false,
                     *         "approval_hours": 48,
                     *         "needs": [
                     *           {
                     *             "type": "room",
                     *             "kinds": [
                     *               "consultation"
                     *             ],
                     *             "before_minutes": 0,
                     *             "after_minutes": 10
                     *           }
                     *         ],
                     *         "is_active": true,
                     *         "sort_order": 0,
                     *         "version": 3,
                     *         "capacity": null,
                     *         "reminder_days": [
                     *           3,
                     *           1
                     *         ],
                     *         "is_silent": false,
                     *         "bring": "Your identity card and any earlier results",
                     *         "preparation": null
                     *       },
                     *       "appointment_ids": []
                     *     }
                     */
                    "application/json": {
                        visit_type: components["schemas"]["VisitType"];
                        /** @description Upcoming appointments that this leaves without their doctor, place, time or visit type. They stay booked, so the clinic should contact these patients. */
                        appointment_ids: number[];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running.would_strand"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            428: components["responses"]["precondition_required"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    getSettings: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The settings */
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
                     *       "settings": {
                     *         "name": "AloClinic Menteng",
                     *         "languages": [
                     *           "en",
                     *           "id"
                     *         ],
                     *         "most_open_appointments": 4,
                     *         "most_open_appointments_after_visit": 8,
                     *         "most_open_appointments_in_first_hour": 2,
                     *         "most_dependants": 8,
                     *         "most_dependants_in_first_hour": 3,
                     *         "most_holds": 2,
                     *         "most_holds_in_first_hour": 1,
                     *         "staff_need_passkeys": false,
                     *         "asks_birth_date": "optional",
                     *         "asks_phone": "optional",
                     *         "asks_sex": "no",
                     *         "released_holds_kept_days": 30,
                     *         "unfinished_accounts_kept_days": 30,
                     *         "security_events_kept_days": 365,
                     *         "sign_in_events_kept_days": 90,
                     *         "reasons_kept_days": null,
                     *         "grace_seconds": 180,
                     *         "quiet_from": "21:00",
                     *         "quiet_until": "08:00",
                     *         "messages_language": "en",
                     *         "messages_name_visit_type": false,
                     *         "most_emails_a_day": null,
                     *         "most_whatsapps_a_day": 500,
                     *         "most_sms_a_day": null,
                     *         "email_cost": 0,
                     *         "whatsapp_cost": 356,
                     *         "sms_cost": 600,
                     *         "currency": "IDR",
                     *         "messages_kept_days": 365,
                     *         "late_alert_minutes": 10,
                     *         "waiting_alert_minutes": 20,
                     *         "with_doctor_alert_minutes": 60,
                     *         "doctors_see_one_another": false
                     *       }
                     *     }
                     */
                    "application/json": {
                        settings: components["schemas"]["Settings"];
                    };
                };
            };
            304: components["responses"]["NotModified"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    changeSettings: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
                 * @example "3"
                 */
                "If-Match": components["parameters"]["Required-If-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "settings": {
                 *         "most_open_appointments": 6
                 *       }
                 *     }
                 */
                "application/json": {
                    settings: {
                        name?: string | null;
                        languages?: ("en" | "id")[];
                        most_open_appointments?: number;
                        most_open_appointments_after_visit?: number;
                        most_open_appointments_in_first_hour?: number;
                        most_dependants?: number;
                        most_dependants_in_first_hour?: number;
                        most_holds?: number;
                        most_holds_in_first_hour?: number;
                        staff_need_passkeys?: boolean;
                        /** @enum {string} */
                        asks_birth_date?: "no" | "optional" | "required";
                        /** @enum {string} */
                        asks_phone?: "no" | "optional" | "required";
                        /** @enum {string} */
                        asks_sex?: "no" | "optional" | "required";
                        released_holds_kept_days?: number;
                        unfinished_accounts_kept_days?: number;
                        security_events_kept_days?: number;
                        sign_in_events_kept_days?: number;
                        reasons_kept_days?: number | null;
                        grace_seconds?: number;
                        quiet_from?: string;
                        quiet_until?: string;
                        /** @enum {string} */
                        messages_language?: "en" | "id";
                        messages_name_visit_type?: boolean;
                        most_emails_a_day?: number | null;
                        most_whatsapps_a_day?: number | null;
                        most_sms_a_day?: number | null;
                        email_cost?: number;
                        whatsapp_cost?: number;
                        sms_cost?: number;
                        currency?: string;
                        messages_kept_days?: number;
                        late_alert_minutes?: number;
                        waiting_alert_minutes?: number;
                        with_doctor_alert_minutes?: number;
                        doctors_see_one_another?: boolean;
                    };
                };
            };
        };
        responses: {
            /** @description The settings */
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
                     *       "settings": {
                     *         "name": "AloClinic Menteng",
                     *         "languages": [
                     *           "en",
                     *           "id"
                     *         ],
                     *         "most_open_appointments": 4,
                     *         "most_open_appointments_after_visit": 8,
                     *         "most_open_appointments_in_first_hour": 2,
                     *         "most_dependants": 8,
                     *         "most_dependants_in_first_hour": 3,
                     *         "most_holds": 2,
                     *         "most_holds_in_first_hour": 1,
                     *         "staff_need_passkeys": false,
                     *         "asks_birth_date": "optional",
                     *         "asks_phone": "optional",
                     *         "asks_sex": "no",
                     *         "released_holds_kept_days": 30,
                     *         "unfinished_accounts_kept_days": 30,
                     *         "security_events_kept_days": 365,
                     *         "sign_in_events_kept_days": 90,
                     *         "reasons_kept_days": null,
                     *         "grace_seconds": 180,
                     *         "quiet_from": "21:00",
                     *         "quiet_until": "08:00",
                     *         "messages_language": "en",
                     *         "messages_name_visit_type": false,
                     *         "most_emails_a_day": null,
                     *         "most_whatsapps_a_day": 500,
                     *         "most_sms_a_day": null,
                     *         "email_cost": 0,
                     *         "whatsapp_cost": 356,
                     *         "sms_cost": 600,
                     *         "currency": "IDR",
                     *         "messages_kept_days": 365,
                     *         "late_alert_minutes": 10,
                     *         "waiting_alert_minutes": 20,
                     *         "with_doctor_alert_minutes": 60,
                     *         "doctors_see_one_another": false
                     *       }
                     *     }
                     */
                    "application/json": {
                        settings: components["schemas"]["Settings"];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["language_not_offered.invalid.key_reused"];
            428: components["responses"]["precondition_required"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listTravelTimes: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` of your copy. If it is still current, you get a 304 without a body.
                 * @example "3"
                 */
                "If-None-Match"?: components["parameters"]["If-None-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All travel times */
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
                     *       "travel_times": [
                     *         {
                     *           "one_location_id": 1,
                     *           "other_location_id": 2,
                     *           "minutes": 30
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        travel_times: components["schemas"]["TravelTime"][];
                    };
                };
            };
            304: components["responses"]["NotModified"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    setTravelTimes: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
                 * @example "3"
                 */
                "If-Match": components["parameters"]["Required-If-Match"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "travel_times": [
                 *         {
                 *           "one_location_id": 1,
                 *           "other_location_id": 2,
                 *           "minutes": 30
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    travel_times: {
                        one_location_id: components["schemas"]["Id"];
                        other_location_id: components["schemas"]["Id"];
                        minutes: number;
                    }[];
                };
            };
        };
        responses: {
            /** @description All travel times */
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
                     *       "travel_times": [
                     *         {
                     *           "one_location_id": 1,
                     *           "other_location_id": 2,
                     *           "minutes": 30
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        travel_times: components["schemas"]["TravelTime"][];
                    };
                };
            };
            400: components["responses"]["malformed_json.malformed_key"];
            401: components["responses"]["not_signed_in.unknown_key"];
            403: components["responses"]["forbidden"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            428: components["responses"]["precondition_required"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /** @description Maximum number of results per page */
                limit?: number;
                /** @description Where the next page starts. Take it from the `Link` header of the previous page of the same list. */
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
                     *           "doctor_id": null,
                     *           "location_ids": null,
                     *           "version": 3
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
            header: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
                 * @example "8e03978e-40d5-43e8-bc93-6894a57f9324"
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The `ETag` of what you read, or `*` to change it in any state (RFC 9110, 13.1.1)
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
                        role: "front_desk";
                        location_ids?: components["schemas"]["Id"][] | null;
                    } | {
                        /** @enum {string} */
                        role: "patient" | "admin";
                    };
                };
            };
        };
        responses: {
            /** @description The updated account */
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
                     *       "account": {
                     *         "id": 5,
                     *         "email": "zero@example.com",
                     *         "name": "Patient Zero",
                     *         "role": "doctor",
                     *         "doctor_id": 7,
                     *         "location_ids": null,
                     *         "version": 3
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
            409: components["responses"]["last_admin.still_running"];
            412: components["responses"]["stale"];
            413: components["responses"]["too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid.key_reused"];
            428: components["responses"]["precondition_required"];
            429: components["responses"]["too_many_requests"];
            500: components["responses"]["internal"];
            503: components["responses"]["unavailable"];
        };
    };
    restoreAccess: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *       "email_change": {
                 *         "email": "nina@example.com",
                 *         "reason": "ID card at the desk"
                 *       }
                 *     }
                 */
                "application/json": {
                    email_change: {
                        /** @description The address that the person reads now */
                        email: components["schemas"]["Email"];
                        /** @description How you know that it is them */
                        reason: string;
                    };
                };
            };
        };
        responses: {
            /** @description The account with its new address */
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
                     *         "role": "patient",
                     *         "doctor_id": null,
                     *         "location_ids": null,
                     *         "version": 3
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
                /** @description Maximum number of results per page */
                limit?: number;
                /** @description Where the next page starts. Take it from the `Link` header of the previous page of the same list. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of keys, including revoked ones */
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
                     *           "id": 7,
                     *           "name": "The laboratory",
                     *           "owner_id": 9,
                     *           "role": "front_desk",
                     *           "scopes": [
                     *             "appointments:read",
                     *             "appointments:write"
                     *           ],
                     *           "issued_by": 9,
                     *           "issued_by_key_id": 6,
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
                 *         "owner_id": 9,
                 *         "role": "front_desk",
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
                        /** @description One line of 1 to 100 characters, none of them invisible. Spaces around it are removed. */
                        name: string;
                        owner_id: components["schemas"]["Id"];
                        /** @enum {string} */
                        role: "patient" | "front_desk" | "doctor" | "admin";
                        scopes: ("appointments:read" | "appointments:write" | "clinic:manage" | "accounts:manage")[];
                        expires_at?: components["schemas"]["Instant"];
                    };
                };
            };
        };
        responses: {
            /** @description The new key. This is the only time `key` is shown. */
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
                     *         "id": 7,
                     *         "name": "The laboratory",
                     *         "owner_id": 9,
                     *         "role": "front_desk",
                     *         "scopes": [
                     *           "appointments:read",
                     *           "appointments:write"
                     *         ],
                     *         "issued_by": 9,
                     *         "issued_by_key_id": 6,
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
                 * @description 1 to 255 printable ASCII characters, with or without double quotes. We suggest a UUID.
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
            /** @description The key is revoked */
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
    listSecurityEvents: {
        parameters: {
            query?: {
                /** @description Only events about this account */
                account_id?: components["schemas"]["Id"];
                /** @description Only events of this kind */
                kind?: "sign_in.code_sent" | "sign_in.refused" | "sign_in.succeeded" | "session.ended" | "passkey.added" | "passkey.removed" | "account.closed" | "email.change_asked" | "email.change_stopped" | "email.changed" | "email.restored" | "role.changed" | "api_key.issued" | "api_key.revoked" | "data.exported" | "data.erased" | "settings.changed" | "invitation.accepted" | "invitation.refused";
                /** @description Only events at or after this time */
                from?: components["schemas"]["Instant"];
                /** @description Only events before this time */
                to?: components["schemas"]["Instant"];
                /** @description Maximum number of results per page */
                limit?: number;
                /** @description Where the next page starts. Take it from the `Link` header of the previous page of the same list. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of security events */
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
                     *       "security_events": [
                     *         {
                     *           "id": 812,
                     *           "at": "2026-11-24T08:30:00.000Z",
                     *           "kind": "role.changed",
                     *           "account_id": 5,
                     *           "actor_kind": "admin",
                     *           "by_account_id": 2,
                     *           "by_api_key_id": null,
                     *           "network": "h3Zb0c9yRkVw0t5gWnq7Jm1yq2pXo8uZ4sQ6dR3Eq3L",
                     *           "place": "Bandung, ID",
                     *           "request_id": "6f1de9f0-6d1c-4f39-a8e2-0b7b4cfb8f0e",
                     *           "details": {
                     *             "from": "patient",
                     *             "to": "front_desk"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        security_events: components["schemas"]["SecurityEvent"][];
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
    readHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The health report */
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
                     *         "messages": {
                     *           "overdue": 0,
                     *           "since": null,
                     *           "untold": 0,
                     *           "limited": 0,
                     *           "tried": 0
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
