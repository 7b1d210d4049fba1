using Eigenscope.LinearAlgebra;
using Xunit;

namespace Eigenscope.Tests.LinearAlgebra.Reduction;

public sealed class TridiagonalTests
{
    [Fact]
    public void Bounds_are_the_Gershgorin_discs()
    {
        Assert.Equal((-6, 8, 8), new Tridiagonal([1, -2, 5], [1, -3]).Bounds());
        Assert.Equal((-4, -4, 4), new Tridiagonal([-4], []).Bounds());
    }
}
