// libtorch's thread pool and generator, and ONNX Runtime's log, are shared by the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
