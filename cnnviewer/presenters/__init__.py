"""One presenter a journey: a person's intent in, requests out; results in, view updates out."""
