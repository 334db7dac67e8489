"""What comes from outside and takes its time: texts, sounds and folders, read in the slow lane below allowed roots."""
