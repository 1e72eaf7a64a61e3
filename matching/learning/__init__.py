"""Learning the weights from judgements and decisions, and proving that it helps.

dataset     judgements and views become rows; ids lead back
ranker      pairs within a request, monotone curves
training    from pairs to tables, by scikit-learn
weights     learnt from judgements, held back by request or by time
words       BM25 and TF-IDF, to compare with
figures     what is counted, and how sure it is
evaluate    everything side by side on judged pairs
tables      the same as text
trials      the same on an outside collection
past        stored rankings as arrays
proof       on requests that came later
contrast    two models on the same past rankings
artefacts   a model as a file
"""
