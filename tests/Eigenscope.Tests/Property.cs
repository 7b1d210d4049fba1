using FsCheck;
using FsCheck.Fluent;

namespace Eigenscope.Tests;

/// <summary>Runs an assertion over generated cases, the same ones in every run, and shrinks a case that fails.</summary>
internal static class Property
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure
        .WithQuietOnSuccess(true)
        .WithReplay(new Replay(new Rnd(20_260_501, 1), null));

    /// <summary>Asserts for <paramref name="count"/> cases of a generator.</summary>
    /// <param name="cases">Makes the cases.</param>
    /// <param name="simpler">Simpler variants of a failing case, to be tried in turn.</param>
    /// <param name="count">How many cases are tried.</param>
    /// <param name="assertion">Throws where the property does not hold.</param>
    public static void Holds<T>(Gen<T> cases, Func<T, IEnumerable<T>> simpler, int count, Action<T> assertion) =>
        Check.One(Repeatable.WithMaxTest(count), Prop.ForAll(Arb.From(cases, simpler), assertion));

    /// <summary>Asserts for <paramref name="count"/> cases of a generator, which are not shrunk.</summary>
    public static void Holds<T>(Gen<T> cases, int count, Action<T> assertion) => Holds(cases, _ => [], count, assertion);
}
