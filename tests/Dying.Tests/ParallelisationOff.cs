// Thread counts of libtorch belong to the process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
