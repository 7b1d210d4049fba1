namespace Eigenscope.Learning;

/// <summary>How a layer spreads its work over its directions, beside a random matrix of the shape and of the mean square of the entries.</summary>
/// <param name="Layer">A layer with a singular value above 0.</param>
internal sealed record LayerSpread(LayerReading Layer)
{
    /// <summary>Eigenvalues that differ by less than this share are as good as equal.</summary>
    private const double Level = 0.999;

    private const double Even = 1.03;
    private const double Same = 0.97;
    private const double Near = 0.75;
    private const double Far = 0.25;

    /// <summary>The random matrix.</summary>
    public RandomSpectrum Random { get; } = new(Layer.Rows, Layer.Columns, Layer.Eigenvalues.Sum() / ((double)Layer.Rows * Layer.Columns));

    /// <summary>The participation ratio of the layer.</summary>
    public double Participation => Layer.Known("participation_ratio");

    /// <summary>That of the random matrix.</summary>
    public double Ordinary => Of(Random.Eigenvalues);

    /// <summary>True where all singular values are as good as equal.</summary>
    public bool IsLevel => Layer.Eigenvalues[0] > Level * Layer.Eigenvalues[^1];

    /// <summary>True where more directions take part than in the random matrix.</summary>
    public bool IsEven => Participation > Even * Ordinary;

    /// <summary>True where nearly as many directions take part as in the random matrix, or more.</summary>
    public bool IsSpread => Participation > Near * Ordinary;

    /// <summary>The layer beside the random matrix, in words.</summary>
    public string Words => (Participation / Ordinary) switch
    {
        > Even => "more evenly spread than that",
        > Same => "as spread as that",
        > Near => "somewhat more concentrated",
        > Far => "more concentrated",
        _ => "far more concentrated",
    };

    /// <summary>How the singular values fall.</summary>
    public LessonText Fall => this switch
    {
        { IsLevel: true } => $"They are as good as equal: no direction rules.",
        { Layer: { } layer } when layer.Rank < layer.Eigenvalues.Count => $"{layer.Eigenvalues.Count - layer.Rank} of them {Counted.Is(layer.Eigenvalues.Count - layer.Rank)} {0}, so no more than {Counted.Of(layer.Rank, "direction")} can take part.",
        { IsSpread: true } => $"They fall slowly: many directions, no few that rule.",
        _ when Participation > Far * Ordinary => $"They fall faster than those of a random matrix: fewer directions share the work.",
        _ => $"They fall steeply: a few directions rule.",
    };

    /// <summary>The share of the squared norm that the largest eigenvalues hold.</summary>
    public static double TopShare(IReadOnlyList<double> ascending, int count) => ascending.TakeLast(count).Sum() / ascending.Sum();

    private static double Of(IReadOnlyList<double> lambda)
    {
        var sum = lambda.Sum(Math.Sqrt);
        return sum * sum / lambda.Sum();
    }
}
