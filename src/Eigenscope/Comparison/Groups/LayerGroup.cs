using Eigenscope.Statistics;

namespace Eigenscope.Comparison;

/// <summary>A group of layers.</summary>
/// <param name="By">What the layers are grouped by: <c>part</c>, <c>depth</c>, <c>part_depth</c>, <c>role</c>, <c>block</c> or <c>kind</c>.</param>
/// <param name="Name">The group.</param>
/// <param name="Metrics">Its metrics.</param>
public sealed record LayerGroup(string By, string Name, IReadOnlyList<GroupMetric> Metrics);

/// <summary>A metric in a group of layers.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Models">How it is distributed over the layers of each model, counterparts or not; null where it is undefined in all.</param>
/// <param name="Moved">For each model, whether its layers moved to one side of their counterparts in the model that it is compared with; null for that model, and where none moved.</param>
public sealed record GroupMetric(string Metric, IReadOnlyList<Distribution?> Models, IReadOnlyList<SignedRankTest?> Moved);

/// <summary>Whether a metric differs between the groups of one model.</summary>
/// <param name="By">What the layers are grouped by.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Model">The position of the model.</param>
/// <param name="PValue">The probability of so large a difference between groups that do not differ: by the rank-sum test for two groups, by that of Kruskal and Wallis for more.</param>
/// <param name="Effect">Cliff's delta of the first group over the second for two groups, -1 to 1; epsilon squared for more, 0 to 1.</param>
/// <param name="Groups">The groups, in order.</param>
public sealed record GroupDifference(string By, string Metric, int Model, double PValue, double Effect, IReadOnlyList<string> Groups);

/// <summary>A metric over the depth of a model, in attention or in feed-forward layers.</summary>
/// <param name="Model">The position of the model.</param>
/// <param name="Part"><c>attention</c> or <c>mlp</c>.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Points">The median over the layers of each block, with its relative depth between 0 and 1.</param>
public sealed record DepthCurve(int Model, string Part, string Metric, IReadOnlyList<(double Depth, int Block, double Median)> Points);
