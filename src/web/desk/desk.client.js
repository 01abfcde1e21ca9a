// The desk pages work without it: it adds keys, dragging and live updates.
