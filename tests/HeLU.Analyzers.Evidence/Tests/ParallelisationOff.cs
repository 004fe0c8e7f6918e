// TorchSharp's counters and libtorch's thread pool are shared by the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
