using System.Runtime.InteropServices;
using Helu.Inference;
using static TorchSharp.torch;

namespace Helu.Freezing;

/// <summary>The managed kernels on the memory of tensors.</summary>
internal static class ManagedForward
{
    public static unsafe Tensor Run(InferenceModel model, Tensor[] inputs)
    {
        using IDisposable off = no_grad();
        var contiguous = new Tensor[inputs.Length];
        try
        {
            Span<nint> addresses = stackalloc nint[inputs.Length];
            for (int i = 0; i < inputs.Length; i++)
            {
                contiguous[i] = inputs[i].contiguous();
                addresses[i] = (nint)(void*)AddressOf(contiguous[i]);
            }
            int batch = checked((int)inputs[0].shape[0]);
            Tensor output = empty(model.Executor.OutputShape(batch), ScalarType.Float32);
            model.Executor.Run(batch, addresses, (nint)(void*)AddressOf(output));
            return output;
        }
        finally
        {
            foreach (Tensor? tensor in contiguous)
                tensor?.Dispose();
        }
    }

    private static unsafe byte* AddressOf(Tensor tensor) => (byte*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));
}
