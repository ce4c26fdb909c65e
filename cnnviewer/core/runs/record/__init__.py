"""Recording a training as a run: started, resumed, branched, written while it happens."""
