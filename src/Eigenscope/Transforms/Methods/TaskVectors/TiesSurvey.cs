namespace Eigenscope.Transforms;

/// <summary>
/// What TIES as its authors define it must know of a whole model: the magnitude from which on each model's change is kept, and the sign that is elected more often. With K elements in all, the threshold is the
/// magnitude of rank int(density K) + 1, and all elements of at least this magnitude are kept, as in the authors' code.
/// </summary>
internal sealed class TiesSurvey
{
    private readonly Dictionary<int, double> thresholds = [];

    private TiesSurvey()
    {
    }

    /// <summary>True where plus is elected for more elements than minus.</summary>
    public bool MajorityIsPositive { get; private set; }

    /// <summary>Looks at all tensors: two or more passes over them.</summary>
    public static TiesSurvey Of(IReadOnlyList<MergeTask> tasks)
    {
        var survey = new TiesSurvey();
        survey.FindThresholds(tasks);
        survey.MajorityIsPositive = tasks.Sum(survey.SignsOf) > 0;
        return survey;
    }

    /// <summary>The magnitude from which on the change of a model is kept.</summary>
    /// <param name="model">The place of the model in the recipe.</param>
    public double Threshold(int model) => thresholds[model];

    /// <summary>The trimmed change of a model.</summary>
    /// <param name="task">The tensor.</param>
    /// <param name="place">The place of the model in <see cref="MergeTask.Inputs"/>.</param>
    public TaskVector Vector(MergeTask task, int place) =>
        new(place, task.Inputs[place].Parameters.Number("weight"), new ElementsFrom(Threshold(task.Inputs[place].Model)));

    private static IEnumerable<int> Weighted(MergeTask task) => task.Tasks.Where(place => task.Inputs[place].Parameters.Number("weight") != 0);

    private void FindThresholds(IReadOnlyList<MergeTask> tasks)
    {
        List<(int Model, MergeTask[] Of, MagnitudeSearch Search)> searches = [];
        foreach (var model in tasks.SelectMany(task => Weighted(task).Select(place => task.Inputs[place].Model)).Distinct())
        {
            var of = tasks.Where(task => Weighted(task).Any(place => task.Inputs[place].Model == model)).ToArray();
            var (kept, all) = (Kept(of, model), of.Sum(task => task.Count));
            if (kept >= all)
            {
                thresholds[model] = 0;
            }
            else
            {
                searches.Add((model, of, new MagnitudeSearch(kept)));
            }
        }

        foreach (var group in searches.GroupBy(search => search.Of.Length == tasks.Count))
        {
            foreach (var part in group.Key ? [[.. group]] : group.Select(search => new[] { search }))
            {
                MagnitudePasses.Run(part[0].Of, [.. part.Select(search => new RankedNumbers(ChangeOf(search.Model), [search.Search]))]);
            }
        }

        foreach (var (model, _, search) in searches)
        {
            thresholds[model] = search.Magnitude;
        }
    }

    private static MagnitudeSource ChangeOf(int model) => (task, block, to) =>
        BlockOperations.Subtract(block.Model(task.Tasks.First(place => task.Inputs[place].Model == model)), block.Base, to);

    /// <summary>int(density K) + 1, where densities that differ by tensor are averaged over the elements.</summary>
    private static long Kept(IReadOnlyList<MergeTask> tasks, int model)
    {
        var densities = tasks.Select(task => task.Inputs.First(input => input.Model == model && !input.IsBase).Parameters.Number("density")).ToArray();
        var all = tasks.Sum(task => task.Count);
        return 1 + (long)(densities.Distinct().Count() == 1 ? densities[0] * all : tasks.Select((task, i) => densities[i] * task.Count).Sum());
    }

    /// <summary>How many more elements of a tensor elect plus than minus.</summary>
    private long SignsOf(MergeTask task)
    {
        var vectors = Weighted(task).Select(place => Vector(task, place)).ToArray();
        return task.Sum(0L, block => SignsOf(block, vectors), (x, y) => x + y);
    }

    private static long SignsOf(MergeBlock block, IReadOnlyList<TaskVector> vectors)
    {
        using var scratch = new MergeScratch(2 * block.Count);
        Span<double> change = scratch.Part(0, block.Count), votes = scratch.Part(1, block.Count);
        votes.Clear();
        foreach (var vector in vectors)
        {
            vector.Read(block, change);
            for (var i = 0; i < votes.Length; i++)
            {
                votes[i] += vector.Factor * change[i];
            }
        }

        var signs = 0L;
        foreach (var vote in votes)
        {
            signs += vote > 0 ? 1 : vote < 0 ? -1 : 0;
        }

        return signs;
    }
}
