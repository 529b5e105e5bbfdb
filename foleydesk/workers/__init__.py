"""The only objects that own threads and processes. Every signal arrives in the thread of the object that sends it."""
