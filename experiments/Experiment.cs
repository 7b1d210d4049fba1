namespace Eigenscope.Experiments;

/// <summary>A question, and a run that answers it in at most 15 minutes on two cores: the same numbers on every run.</summary>
/// <param name="Name">What it is called on the command line and in file names.</param>
/// <param name="Question">What it asks, in one line.</param>
/// <param name="Run">Answers it; told the number of threads, and where to say how far it is.</param>
internal sealed record Experiment(string Name, string Question, Func<int, Action<string>, ExperimentResult> Run);

/// <summary>What an experiment found.</summary>
/// <param name="Tables">Its tables, the main one first.</param>
/// <param name="Figures">Its figures, by name.</param>
internal sealed record ExperimentResult(IReadOnlyList<ResultTable> Tables, IReadOnlyList<(string Name, Reports.LineChart Chart)> Figures);
