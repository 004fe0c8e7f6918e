// TorchSharp counts live tensors for the whole process, and some tests here compare that count before and after.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
