using Eigenscope.Learning;
using Xunit;

namespace Eigenscope.Tests.Learning;

/// <summary>The decomposition by hand against its own equations, exactly, and against the solver.</summary>
public sealed class HandDecompositionTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void Random_matrices_are_decomposed_as_the_solver_does() => Property.Holds(RandomMatrices.Whole, 400, Check);

    [Theory]
    [MemberData(nameof(SpecialMatrices))]
    public void Special_matrices_are_decomposed_as_the_solver_does(string text) => Check(LessonMatrix.Parse(text));

    public static TheoryData<string> SpecialMatrices => [.. RandomMatrices.Special];

    [Fact]
    public void The_first_example_has_the_known_result()
    {
        var hand = HandDecomposition.Of(LessonMatrix.Parse("3 2; 2 3"));

        Assert.Equal(["25", "1"], hand.Eigenvalues.Select(eigenvalue => eigenvalue.Surd.ToString()));
        Assert.Equal(["13", "12", "12", "13"], hand.Gram.Cast<Rational>().Select(entry => entry.ToString()));
        var found = Decomposition.Of(hand);
        var half = Math.Sqrt(0.5);
        Assert.Equal([5, 1], found.Values);
        Assert.Equal([half, half], found.Left[0], Close);
        Assert.Equal([half, -half], found.Left[1], Close);
        Assert.Equal(found.Left[0], found.Right[0], Close);
        Assert.Equal(found.Left[1], found.Right[1], Close);
    }

    [Fact]
    public void The_diagonal_example_has_the_standard_basis()
    {
        var hand = HandDecomposition.Of(LessonMatrix.Parse("3 0 0 0; 0 2 0 0; 0 0 1 0"));

        Assert.Equal(["9", "4", "1"], hand.Eigenvalues.Select(eigenvalue => eigenvalue.Surd.ToString()));
        Assert.Equal([3, 2, 1], Decomposition.Of(hand).Values);
        Assert.Equal(4, hand.Far.Count);
        for (var k = 0; k < 4; k++)
        {
            Assert.Equal(1, hand.Far[k].Unit[k]);
        }
    }

    [Fact]
    public void The_small_example_has_the_numbers_of_a_library()
    {
        var hand = HandDecomposition.Of(LessonMatrix.Parse("1 2 3 4; 5 6 7 8; 9 10 11 12"));

        Assert.Equal("√(325 + √103705)", ExactText.Root(hand.Eigenvalues[0].Surd!.Value));
        var found = Decomposition.Of(hand);
        Assert.Equal([25.4368356, 1.72261225, 0], found.Values, (a, b) => Math.Abs(a - b) < 5e-8);
        Assert.Equal(0, found.Values[2]);
        Assert.Equal([0.20673589, 0.51828874, 0.82984158], found.Left[0], Printed);
        Assert.Equal([0.88915331, 0.25438183, -0.38038964], found.Left[1], Printed);
        Assert.Equal([0.40824829, -0.81649658, 0.40824829], found.Left[2], Printed);
        Assert.Equal([0.40361757, 0.46474413, 0.52587069, 0.58699725], found.Right[0], Printed);
        Assert.Equal([-0.73286619, -0.28984978, 0.15316664, 0.59618305], found.Right[1], Printed);
        Assert.InRange(found.ReconstructionError(hand.Matrix.ToDense()), 0, 1e-14);
        Assert.InRange(Decomposition.Of(hand.Matrix.ToDense()).ReconstructionError(hand.Matrix.ToDense()), 0, 1e-14);
    }

    [Fact]
    public void What_is_too_large_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => HandDecomposition.Of(LessonMatrix.Parse("1 2 3 4 5")));

    private static void Check(LessonMatrix w)
    {
        var hand = HandDecomposition.Of(w);
        CheckExactly(hand);
        var (found, dense) = (Decomposition.Of(hand), w.ToDense());
        var solver = Decomposition.Of(dense);
        Assert.All(found.Values.Zip(solver.Values), pair => Assert.Equal(pair.First, pair.Second, Tolerance * Math.Max(1, found.Values[0])));
        Assert.All(new[] { found, solver }, decomposition => Assert.All(decomposition.AddClaims(new StepBuilder($""), dense).Step.Parts.OfType<Claim>(), claim => Assert.True(claim.Holds, claim.ToString())));
        Assert.Equal(Math.Max(w.Rows, w.Columns), hand.Far.Count);
        var basis = hand.Far.Select(vector => vector.Unit).ToList();
        Assert.All(basis.Index(), a => Assert.All(basis.Index(), b => Assert.Equal(a.Index == b.Index ? 1 : 0, a.Item.Zip(b.Item, (x, y) => x * y).Sum(), Tolerance)));
    }

    /// <summary>G x = lambda x in the field of lambda; vectors of one eigenvalue at right angles; the far kernel goes to 0; multiplicities and the polynomial.</summary>
    private static void CheckExactly(HandDecomposition hand)
    {
        Assert.Equal(hand.Gram.GetLength(0), hand.Eigenvalues.Sum(eigenvalue => eigenvalue.Multiplicity));
        Assert.All(hand.Eigenvalues, eigenvalue => Assert.True(eigenvalue.Value >= 0));
        foreach (var triplet in hand.Triplets)
        {
            var image = Product(hand.Gram, triplet.Near.Entries);
            Assert.All(image.Zip(triplet.Near.Entries), pair => Assert.True((pair.First - (pair.Second * triplet.Eigenvalue.Field.Generator)).IsZero));
            Assert.All(hand.Triplets.Where(other => other.Eigenvalue == triplet.Eigenvalue && other != triplet), other => Assert.True(ExactElimination.Dot(triplet.Near.Entries, other.Near.Entries).IsZero));
        }

        var near = ExactMatrix.Of(hand.Matrix, transposed: hand.IsTall);
        Assert.All(hand.FarKernel, vector => Assert.All(Product(near, vector.Entries), entry => Assert.True(entry.IsZero)));
    }

    private static FieldNumber[] Product(Rational[,] a, FieldNumber[] x) =>
        [.. Enumerable.Range(0, a.GetLength(0)).Select(i => x.Select((entry, j) => entry * a[i, j]).Aggregate((sum, term) => sum + term))];

    private static bool Close(double a, double b) => Math.Abs(a - b) < 4e-16;

    /// <summary>Eight digits behind the point, as they were printed.</summary>
    private static bool Printed(double a, double b) => Math.Abs(a - b) < 5.1e-9;
}
