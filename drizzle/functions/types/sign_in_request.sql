-- A browser that asks for a code for a mailbox, or tries one.
create type sign_in_request as (
  email text,
  -- A keyed hash of the mailbox, which counts are kept by.
  mailbox_hash text,
  -- SHA-256 of the name in the browser's cookie.
  browser_hash text,
  -- A keyed hash of the wider IPv6 network; `acting` has the network.
  wider_hash text,
  -- Keyed hashes of the code for this browser, and of the long one that works in any.
  code_hash text,
  open_code_hash text,
  -- Whether this browser has signed in to the mailbox before.
  is_known_browser boolean,
  -- Whether a challenge has just shown that a person asks.
  passed_challenge boolean
);
