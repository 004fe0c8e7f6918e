using System.CommandLine;
using Helu.Benchmarks;
using Helu.Benchmarks.Memory;

var command = new RootCommand("Measures HeLU against ReLU and against a custom autograd function, and frozen models against TorchSharp and ONNX Runtime.")
{
    RatiosCommand.Create(),
    AllocationsCommand.Create(),
    MemoryCommand.Create(),
    StepMemoryCommand.Create(),
    BenchCommand.Create(),
};
return command.Parse(args).Invoke();
