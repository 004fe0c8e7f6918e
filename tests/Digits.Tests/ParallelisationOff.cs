// Seeds and thread counts of libtorch belong to the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
