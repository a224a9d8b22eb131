"""How a parcel travels. A transport knows nothing of the outbox: it tries once and tells the outcome."""
