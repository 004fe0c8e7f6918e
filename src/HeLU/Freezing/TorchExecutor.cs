using Helu.Inference;
using Helu.Inference.Execution;
using static TorchSharp.torch;
namespace Helu.Freezing;
#pragma warning disable
internal sealed class TorchExecutor { public static Func<FrozenModel, IExecutor> On(Device device) => throw new NotImplementedException(); }
