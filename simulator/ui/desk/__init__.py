"""The pieces of an agent's desk that channels share: header, transcript, reply field, panels, voice, coach."""
