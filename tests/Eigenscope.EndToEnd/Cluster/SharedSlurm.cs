using Xunit;

namespace Eigenscope.EndToEnd.Cluster;

/// <summary>Tests that share one cluster, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class SharedSlurm : ICollectionFixture<SlurmCluster>, ICollectionFixture<ClusterModel>
{
    public const string Name = "Slurm";
}
