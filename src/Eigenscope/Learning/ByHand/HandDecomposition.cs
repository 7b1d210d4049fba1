namespace Eigenscope.Learning;

/// <summary>The singular value decomposition of a small matrix as one works it by hand: exact, from the Gram matrix over its characteristic polynomial to its eigenvectors.</summary>
/// <remarks>
/// The smaller of W W^T and W^T W is taken; its side of W is the near one, the other the far one. A wide or square W has U near and V far. Near vectors are eigenvectors x, far ones their images W^T x
/// (W x where W is tall), both up to length; where sigma is 0, far vectors are taken from what the matrix sends to 0, and what is left of that completes the basis of the far side.
/// </remarks>
internal sealed class HandDecomposition
{
    private HandDecomposition(LessonMatrix w)
    {
        Matrix = w;
        var image = ToFar = ExactMatrix.Of(w, transposed: !IsTall);
        Gram = ExactMatrix.Product(ExactMatrix.Of(w, transposed: IsTall), image);
        Characteristic = Polynomial.Characteristic(Gram);
        Eigenvalues = ExactEigenvalue.Of(Characteristic);
        var zero = ExactEigenvalue.Of(Polynomial.Variable)[0];
        FarKernel = [.. Elimination(zero, ExactMatrix.Of(w, transposed: IsTall)).OrthogonalKernel().Select(x => new ExactVector(zero, x).Upright())];
        Triplets = [.. Eigenvalues.SelectMany(TripletsOf).Select((triplet, i) => triplet with { Number = i + 1 })];
    }

    /// <summary>W.</summary>
    public LessonMatrix Matrix { get; }

    /// <summary>True where W has more rows than columns, so that W^T W is the smaller Gram matrix.</summary>
    public bool IsTall => Matrix.Rows > Matrix.Columns;

    /// <summary>The smaller Gram matrix.</summary>
    public Rational[,] Gram { get; }

    /// <summary>W^T, or W where it is tall: it takes near vectors to the far side.</summary>
    public Rational[,] ToFar { get; }

    /// <summary>det(lambda I - G).</summary>
    public Polynomial Characteristic { get; }

    /// <summary>The distinct eigenvalues of the Gram matrix, descending.</summary>
    public IReadOnlyList<ExactEigenvalue> Eigenvalues { get; }

    /// <summary>Singular values with their vectors, descending, as many as the shorter side has.</summary>
    public IReadOnlyList<HandTriplet> Triplets { get; }

    /// <summary>Orthogonal vectors that span what W (W^T where it is tall) sends to 0; the first of them stand in triplets of singular value 0.</summary>
    public IReadOnlyList<ExactVector> FarKernel { get; }

    /// <summary>How many singular values are not 0.</summary>
    public int Rank => Triplets.Count(triplet => !triplet.Eigenvalue.IsZero);

    /// <summary>All far vectors: those of the triplets, and those that complete the basis.</summary>
    public IReadOnlyList<ExactVector> Far => [.. Triplets.Select(triplet => triplet.Far), .. FarKernel.Skip(Triplets.Count - Rank)];

    /// <summary>Works it.</summary>
    /// <param name="w">At most 4 x 4.</param>
    public static HandDecomposition Of(LessonMatrix w) =>
        w.IsByHand ? new(w) : throw new ArgumentOutOfRangeException(nameof(w), $"{w.Rows} x {w.Columns} is too large to be worked by hand");

    /// <summary>A - lambda I in the field of the eigenvalue, eliminated.</summary>
    public static ExactElimination Shifted(ExactEigenvalue eigenvalue, Rational[,] a) => ExactElimination.Of(ShiftedMatrix(eigenvalue, a));

    /// <summary>A - lambda I in the field of the eigenvalue.</summary>
    public static FieldNumber[,] ShiftedMatrix(ExactEigenvalue eigenvalue, Rational[,] a)
    {
        var shifted = InField(eigenvalue, a);
        for (var i = 0; i < a.GetLength(0); i++)
        {
            shifted[i, i] -= eigenvalue.Field.Generator;
        }

        return shifted;
    }

    private static ExactElimination Elimination(ExactEigenvalue eigenvalue, Rational[,] a) => ExactElimination.Of(InField(eigenvalue, a));

    private static FieldNumber[,] InField(ExactEigenvalue eigenvalue, Rational[,] a)
    {
        var entries = new FieldNumber[a.GetLength(0), a.GetLength(1)];
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < a.GetLength(1); j++)
            {
                entries[i, j] = eigenvalue.Field.Of(a[i, j]);
            }
        }

        return entries;
    }

    private IEnumerable<HandTriplet> TripletsOf(ExactEigenvalue eigenvalue)
    {
        var near = Shifted(eigenvalue, Gram).OrthogonalKernel().Select(x => new ExactVector(eigenvalue, x).Upright());
        return near.Select((x, i) => new HandTriplet(0, eigenvalue, x, eigenvalue.IsZero ? FarKernel[i] : x.Times(ToFar)));
    }
}

/// <summary>A singular value with its two directions.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Eigenvalue">Its square.</param>
/// <param name="Near">The eigenvector of the Gram matrix.</param>
/// <param name="Far">The direction of its image.</param>
internal sealed record HandTriplet(int Number, ExactEigenvalue Eigenvalue, ExactVector Near, ExactVector Far);
