"""Real processes that are killed or cut off, and what is left of the work; THIDUA_FAULTS_KILLS=500 kills for longer."""
