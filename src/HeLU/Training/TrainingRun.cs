using static TorchSharp.torch;

namespace Helu.Training;

/// <summary>The tensors of one run of a plan.</summary>
internal sealed class TrainingRun(int count)
{
    private readonly Tensor?[] _values = new Tensor?[count];
    private readonly bool[] _isKept = new bool[count];

    /// <summary>The tensor in a register.</summary>
    public Tensor this[int register] => _values[register]!;

    /// <summary>The tensor in a register; null where it was handed on.</summary>
    public Tensor? Find(int register) => _values[register];

    /// <summary>Whether somebody else holds the tensor in a register: the caller, the model, a hook. It is neither overwritten nor disposed.</summary>
    public bool IsKept(int register) => _isKept[register];

    public void Keep(int register) => _isKept[register] = true;

    public void Set(int register, Tensor tensor) => _values[register] = tensor;

    /// <summary>The tensor has been handed on.</summary>
    public void Forget(int register) => _values[register] = null;

    /// <summary>Nothing reads the register any more.</summary>
    public void Drop(int register)
    {
        if (!_isKept[register])
            _values[register]?.Dispose();
        _values[register] = null;
    }

    /// <summary>Makes it ready for another run; nothing is left over where one threw.</summary>
    public void Clear()
    {
        for (int i = 0; i < _values.Length; i++)
            Drop(i);
        Array.Clear(_isKept);
    }
}
