"""Learning the weights from judgements and decisions, and proving that it helps.

dataset     judgements and views become rows; ids lead back
ranker      pairs within a request, monotone curves
training    from pairs to tables, by scikit-learn
evaluate    folds grouped by request, beside simpler ways
trials      the same on an outside collection
past        stored rankings as arrays
proof       on requests that came later
contrast    two models on the same past rankings
artefacts   a model as a file
"""
